import { language } from '#i18n/server.ts';
import { parseFavourites } from '#shell/favourites.ts';
import { navigationFor } from '#shell/navigation.ts';
import { Page, PageHead } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { viewer } from '#shell/viewer.ts';
import { Icon } from '#ui/Icon.tsx';

export const generateMetadata = pageTitle('nav.more');

/** Everything there is, for screens without a navigation at the side. */
export default async function MorePage() {
  const [{ t }, { id, company, permissions, favourites: kept }] = await Promise.all([language(), viewer()]);
  const favourites = parseFavourites(kept.find(({ own }) => own)?.value);
  return (
    <Page crumbs={[{ label: t('nav.more') }]}>
      <PageHead title={t('nav.more')} />
      <nav className="more" aria-label={t('nav.more')}>
        {favourites.length > 0 && (
          <section>
            <h2 className="nav-title">{t('nav.favourites')}</h2>
            {favourites.map(({ href, title }) => (
              <a className="nav-item" key={href} href={href}>
                <Icon name="star" />
                <span>{title}</span>
              </a>
            ))}
          </section>
        )}
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
