import type { ReactNode } from 'react';
import { language } from '#i18n/server.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Allowed } from './Allowed.tsx';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** The way to this page, in the top bar. On a phone a document shows the way back, everything else its title. */
export async function Crumbs({ items }: { items: readonly Crumb[] }) {
  const { t } = await language();
  const isDocument = items.length > 2;
  return (
    <nav className={isDocument ? 'crumbs crumbs--doc' : 'crumbs'} aria-label={t('shell.path')}>
      <ol>
        {items.map((crumb, at) => (
          <li key={crumb.label}>
            {at === items.length - 1 ? (
              <span aria-current="page">{crumb.label}</span>
            ) : crumb.href ? (
              <a href={crumb.href}>{crumb.label}</a>
            ) : (
              <span>{crumb.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The sheet a page is written on. `canvas` leaves the sheet away for pages made of tiles; who lacks `permission` is told so instead. */
export function Page({
  crumbs,
  canvas,
  permission,
  children,
}: {
  crumbs: readonly Crumb[];
  canvas?: boolean;
  permission?: string;
  children: ReactNode;
}) {
  return (
    <>
      <Crumbs items={crumbs} />
      <main id="main" className={canvas ? 'page page--canvas' : 'page'}>
        {permission ? (
          <Allowed permission={permission} otherwise={<NotAllowed reading={permission.endsWith(':read')} />}>
            {children}
          </Allowed>
        ) : (
          children
        )}
      </main>
    </>
  );
}

/** Says what is missing: the right to read what a page shows, or to do what it is for. */
export async function NotAllowed({ reading }: { reading: boolean }) {
  const { t } = await language();
  return (
    <EmptyState title={t('error.notAllowedTitle')} actions={<ButtonLink href="/">{t('error.home')}</ButtonLink>}>
      {t(reading ? 'error.notReadableText' : 'error.notAllowedText')}
    </EmptyState>
  );
}

export function PageHead({ title, count, children }: { title: string; count?: ReactNode; children?: ReactNode }) {
  return (
    <header className="page-head">
      <div className="page-title">
        <h1>{title}</h1>
        {count && <span className="page-count tabn">{count}</span>}
      </div>
      {children && <div className="page-actions">{children}</div>}
    </header>
  );
}
