import type { ReactNode } from 'react';
import { topicOfArea } from '#guide/topics.ts';
import { language } from '#i18n/server.ts';
import { Icon } from '#ui/Icon.tsx';
import { initials } from '#ui/initials.ts';
import { Mark } from '#ui/Mark.tsx';
import { Menu, MenuChoice, MenuLink } from '#ui/Menu.tsx';
import { bottomAreas } from './areas.ts';
import { CompanySwitch } from './CompanySwitch.tsx';
import { FavouriteButton } from './FavouriteButton.tsx';
import { parseFavourites } from './favourites.ts';
import { HelpLink } from './HelpLink.tsx';
import { BottomLinks, NavLinks } from './NavLinks.tsx';
import { navigationFor } from './navigation.ts';
import { creationsFor, placesFor } from './places.ts';
import { ShellClient } from './ShellClient.tsx';

export interface FrameViewer {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly permissions: readonly string[];
  readonly company: { readonly id: string; readonly name: string };
  readonly favourites: readonly { readonly key: string; readonly value: unknown; readonly own: boolean }[];
  readonly companies: readonly { readonly id: string; readonly name: string; readonly current: boolean }[];
}

/** The frame around every page: navigation, top bar, bar at the foot of a phone. The page fills the grid area `page`. */
export async function Frame({
  viewer,
  status,
  children,
}: {
  viewer: FrameViewer;
  status?: ReactNode;
  children: ReactNode;
}) {
  const { t, locale, display } = await language();
  const shown = display;
  const creations = creationsFor(t, viewer.permissions);
  const favourites = parseFavourites(viewer.favourites.find((choice) => choice.own)?.value);
  return (
    <>
      {/* The first paint waits for the frame and not for the page in it, which only fills its area: nothing moves. */}
      <link rel="expect" href="#topbar" blocking="render" />
      <a className="skip-link" href="#main">
        {t('shell.skip')}
      </a>
      <div className="shell" data-owner={`${viewer.company.id}.${viewer.id}`} data-email={viewer.email ?? undefined}>
        <nav className="nav" aria-label={t('shell.navigation')}>
          <Menu
            id="company-menu"
            align="start"
            className="company"
            label={t('shell.company', { name: viewer.company.name })}
            named
            trigger={
              <>
                <Mark />
                <span className="company-text">
                  <span className="company-name truncate">{viewer.company.name}</span>
                  <span className="company-meta truncate">{viewer.name}</span>
                </span>
                <Icon name="updown" size="sm" />
              </>
            }
          >
            <p className="menu-title">{t('shell.companies')}</p>
            <CompanySwitch companies={viewer.companies} />
            <hr />
            <MenuLink href="/settings?tab=company" icon="settings">
              {t('shell.companyData')}
            </MenuLink>
          </Menu>
          <div className="nav-scroll">
            {favourites.length > 0 && (
              <div className="nav-group">
                <h2 className="nav-title">{t('nav.favourites')}</h2>
                <NavLinks items={favourites.map(({ href, title }) => ({ href, icon: 'star', label: title }))} />
              </div>
            )}
            {navigationFor(viewer.permissions).map((group) => (
              <div className="nav-group" key={group.title ?? 'start'}>
                {group.title && <h2 className="nav-title">{t(group.title)}</h2>}
                <NavLinks items={group.items.map((item) => ({ ...item, label: t(item.label) }))} />
              </div>
            ))}
          </div>
          <div className="nav-foot">
            <HelpLink label={t('nav.help')} topicOfArea={topicOfArea} />
            <NavLinks items={[{ href: '/settings', icon: 'settings', label: t('nav.settings') }]} />
          </div>
        </nav>

        <header className="topbar" id="topbar">
          <div className="topbar-start">
            <button type="button" className="tool" data-display="nav=toggle" aria-label={t('shell.toggleNavigation')}>
              <Icon name="panel" />
            </button>
          </div>
          <button type="button" className="search-trigger" data-palette aria-keyshortcuts="Control+K">
            <Icon name="search" />
            <span className="truncate">{t('shell.search')}</span>
            <kbd className="kbd">{t('shell.searchKey')}</kbd>
          </button>
          <div className="topbar-end">
            <span id="presence-slot" />
            <span id="connection-slot" />
            <button type="button" className="tool only-phone" data-palette aria-label={t('shell.search')}>
              <Icon name="search" />
            </button>
            <FavouriteButton favourites={favourites} />
            {status}
            <Menu
              id="user-menu"
              className="tool avatar-tool"
              label={t('shell.user', { name: viewer.name })}
              named
              trigger={
                <>
                  <span className="avatar" aria-hidden="true">
                    {initials(viewer.name)}
                  </span>
                  <span className="visually-hidden">{t('shell.user', { name: viewer.name })}</span>
                </>
              }
            >
              <p className="menu-title">{viewer.email ?? viewer.name}</p>
              <MenuLink href="/settings" icon="user">
                {t('shell.profile')}
              </MenuLink>
              <button type="button" className="menu-item" role="menuitem" data-keys>
                <Icon name="keyboard" />
                {t('shell.keys')}
                <span className="end">
                  <kbd className="kbd">?</kbd>
                </span>
              </button>
              <MenuLink href="/help" icon="info">
                {t('nav.help')}
              </MenuLink>
              <MenuLink href="/styleguide" icon="sun">
                {t('shell.styleguide')}
              </MenuLink>
              <MenuLink href="/outbox" icon="moves">
                {t('outbox.title')}
              </MenuLink>
              <hr />
              <p className="menu-title">{t('shell.language')}</p>
              <MenuChoice display="locale=de" checked={locale === 'de'}>
                Deutsch
              </MenuChoice>
              <MenuChoice display="locale=en" checked={locale === 'en'}>
                English
              </MenuChoice>
              <hr />
              <p className="menu-title">{t('shell.theme')}</p>
              <MenuChoice display="theme=" checked={!shown.theme}>
                {t('shell.themeSystem')}
              </MenuChoice>
              <MenuChoice display="theme=light" checked={shown.theme === 'light'}>
                {t('shell.themeLight')}
              </MenuChoice>
              <MenuChoice display="theme=dark" checked={shown.theme === 'dark'}>
                {t('shell.themeDark')}
              </MenuChoice>
              <hr />
              <form action="/auth/sign-out" method="post">
                <input type="hidden" name="owner" value={`${viewer.company.id}.${viewer.id}`} />
                <button type="submit" className="menu-item" role="menuitem">
                  <Icon name="external" />
                  {t('shell.signOut')}
                </button>
              </form>
            </Menu>
          </div>
        </header>

        {children}

        <nav className="bottombar" aria-label={t('shell.areas')}>
          <BottomLinks creations={creations} items={bottomAreas(t, viewer.permissions)} />
        </nav>
      </div>
      <ShellClient
        owner={`${viewer.company.id}.${viewer.id}`}
        permissions={viewer.permissions.filter((each) => each.endsWith(':read'))}
        creations={creations}
        places={placesFor(t, locale, viewer.permissions)}
      />
    </>
  );
}
