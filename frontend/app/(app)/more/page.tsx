import { language } from '#i18n/server.ts';
import { navigationFor } from '#shell/navigation.ts';
import { Page, PageHead } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { viewer } from '#shell/viewer.ts';
import { Icon } from '#ui/Icon.tsx';

export const generateMetadata = pageTitle('nav.more');

/** Everything there is, for screens without a navigation at the side. */
export default async function MorePage() {
  const [{ t }, { id, company, permissions }] = await Promise.all([language(), viewer()]);
  return (
    <Page crumbs={[{ label: t('nav.more') }]}>
      <PageHead title={t('nav.more')} />
      <nav className="more" aria-label={t('nav.more')}>
        {navigationFor(permissions).map((group) => (
          <section key={group.title ?? 'start'}>
            {group.title && <h2 className="nav-title">{t(group.title)}</h2>}
            {group.items.map((item) => (
              <a className="nav-item" key={item.href} href={item.href}>
                <Icon name={item.icon} />
                <span>{t(item.label)}</span>
              </a>
            ))}
          </section>
        ))}
        <section>
          <a className="nav-item" href="/help">
            <Icon name="info" />
            <span>{t('nav.help')}</span>
          </a>
          <a className="nav-item" href="/settings">
            <Icon name="settings" />
            <span>{t('nav.settings')}</span>
          </a>
          <form action="/auth/sign-out" method="post">
            <input type="hidden" name="owner" value={`${company.id}.${id}`} />
            <button type="submit" className="nav-item">
              <Icon name="external" />
              <span>{t('shell.signOut')}</span>
            </button>
          </form>
        </section>
      </nav>
    </Page>
  );
}
