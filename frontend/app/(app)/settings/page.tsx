import type { ReactNode } from 'react';
import { language } from '#i18n/server.ts';
import { Page, PageHead } from '#shell/Page.tsx';
import { type SettingsSection, sectionsFor, settingsSections } from '#shell/places.ts';
import { titled } from '#shell/title.ts';
import { viewer } from '#shell/viewer.ts';
import { ClientSettings } from './ClientSettings.tsx';
import { CompanySettings } from './CompanySettings.tsx';
import { PeopleSettings } from './PeopleSettings.tsx';
import { ProfileSettings } from './ProfileSettings.tsx';
import { RoleSettings } from './RoleSettings.tsx';
import { SessionSettings } from './SessionSettings.tsx';
import { SpeedSettings } from './SpeedSettings.tsx';

type Query = Promise<{ tab?: string }>;

export async function generateMetadata({ searchParams }: { searchParams: Query }) {
  const [{ t }, { tab }] = await Promise.all([language(), searchParams]);
  const section = settingsSections.find(([name]) => name === tab)?.[0] ?? 'profile';
  return titled(t(`settings.${section}`), t('nav.settings'));
}

const contents: Readonly<Record<SettingsSection, () => Promise<ReactNode>>> = {
  profile: ProfileSettings,
  company: CompanySettings,
  people: PeopleSettings,
  roles: RoleSettings,
  sessions: SessionSettings,
  clients: ClientSettings,
  speed: SpeedSettings,
};

/** Settings, by tab; a tab whose right the reader lacks is not offered. */
export default async function SettingsPage({ searchParams }: { searchParams: Query }) {
  const [{ t }, { tab }, who] = await Promise.all([language(), searchParams, viewer()]);
  const allowed = sectionsFor(who.permissions);
  const current = allowed.find((name) => name === tab) ?? 'profile';
  const Content = contents[current];
  return (
    <Page crumbs={[{ label: t('nav.settings') }]}>
      <PageHead title={t('nav.settings')} />
      <nav className="tabs" aria-label={t('nav.settings')}>
        {allowed.map((name) => (
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
