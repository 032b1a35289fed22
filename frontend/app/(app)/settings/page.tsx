import type { ReactNode } from 'react';
import { language } from '#i18n/server.ts';
import { Page, PageHead } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { viewer } from '#shell/viewer.ts';
import { ClientSettings } from './ClientSettings.tsx';
import { CompanySettings } from './CompanySettings.tsx';
import { PeopleSettings } from './PeopleSettings.tsx';
import { ProfileSettings } from './ProfileSettings.tsx';
import { RoleSettings } from './RoleSettings.tsx';
import { SessionSettings } from './SessionSettings.tsx';
import { SpeedSettings } from './SpeedSettings.tsx';

export const generateMetadata = pageTitle('nav.settings');

const tabs = [
  ['profile', null, ProfileSettings],
  ['company', 'company:read', CompanySettings],
  ['people', 'company:read', PeopleSettings],
  ['roles', 'company:read', RoleSettings],
  ['sessions', null, SessionSettings],
  ['clients', 'clients:manage', ClientSettings],
  ['speed', 'company:manage', SpeedSettings],
] as const satisfies readonly (readonly [string, string | null, () => Promise<ReactNode>])[];

/** Settings, by tab; a tab whose right the reader lacks is not offered. */
export default async function SettingsPage({ searchParams }: { searchParams: Promise<{ tab?: string }> }) {
  const [{ t }, { tab }, who] = await Promise.all([language(), searchParams, viewer()]);
  const allowed = tabs.filter(([, permission]) => permission === null || who.permissions.includes(permission));
  const [current, , Content] = allowed.find(([name]) => name === tab) ?? allowed[0] ?? tabs[0];
  return (
    <Page crumbs={[{ label: t('nav.settings') }]}>
      <PageHead title={t('nav.settings')} />
      <nav className="tabs" aria-label={t('nav.settings')}>
        {allowed.map(([name]) => (
          <a
            key={name}
            className="tab"
            href={`/settings?tab=${name}`}
            aria-current={name === current ? 'true' : undefined}
          >
            {t(`settings.${name}`)}
          </a>
        ))}
      </nav>
      <div className="form-page settings">
        <Content />
      </div>
    </Page>
  );
}
