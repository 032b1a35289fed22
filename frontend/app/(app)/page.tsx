import { Suspense } from 'react';
import { DashboardAnchor } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Allowed } from '#shell/Allowed.tsx';
import { Page } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { viewer } from '#shell/viewer.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { Tile } from './dashboard/Tile.tsx';
import {
  ageing,
  largestItems,
  latestTasks,
  newestInvoices,
  OpenItemKpis,
  revenueByMonth,
  SalesKpis,
} from './dashboard/tiles.tsx';

export const generateMetadata = pageTitle('nav.dashboard');

/** The start: figures of the newest month that has any, each tile with its own wait and its own failure. */
export default async function DashboardPage() {
  const [{ t, locale }, who, day] = await Promise.all([language(), viewer(), newestDay()]);
  const today = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'Europe/Berlin',
  });
  return (
    <Page canvas crumbs={[{ label: t('nav.dashboard') }]}>
      <header className="dash-head">
        <div>
          <h1>{today.format(new Date())}</h1>
          <p>{t('dashboard.lead', { company: who.company.name, year: day.slice(0, 4) })}</p>
        </div>
        <div className="page-actions">
          <Allowed permission="sales:write">
            <ButtonLink kind="primary" icon="plus" href="/sales/invoices/new" shortcut="N">
              {t('action.newInvoice')}
            </ButtonLink>
          </Allowed>
        </div>
      </header>
      <div className="dash">
        <Suspense fallback={<KpiSkeletons />}>
          <SalesKpis day={day} />
        </Suspense>
        <Suspense fallback={<KpiSkeletons />}>
          <OpenItemKpis />
        </Suspense>
        <Tile
          className="w-8"
          title={t('dashboard.revenue')}
          sub={t('dashboard.revenueSub')}
          load={() => revenueByMonth(day)}
        />
        <Tile className="w-4" title={t('dashboard.ageing')} load={ageing} />
        <Tile className="w-4" title={t('nav.tasks')} load={latestTasks} />
        <Tile className="w-4" title={t('dashboard.newest')} load={newestInvoices} />
        <Tile className="w-4" title={t('dashboard.largest')} sub={t('dashboard.receivables')} load={largestItems} />
      </div>
    </Page>
  );
}

/** Today, or the day of the newest document when the books end before. */
async function newestDay(): Promise<string> {
  const today = new Date().toISOString().slice(0, 10);
  const found = await ask(DashboardAnchor, {}).catch(() => null);
  const newest = found?.salesInvoices?.edges[0]?.node.issuedOn;
  return newest && newest.slice(0, 7) < today.slice(0, 7) ? newest : today;
}

function KpiSkeletons() {
  return (
    <>
      <div className="card kpi w-3" />
      <div className="card kpi w-3" />
    </>
  );
}
