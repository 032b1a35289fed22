import type { DashboardData } from '#graphql/_generated/operations.ts';
import type { Language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { Status } from '#ui/Status.tsx';
import { daysOverdue, invoiceState } from '../sales/invoices/[id]/state.ts';
import { axis, axisLabels, change, lastMonths, yearTotal } from './figures.ts';
import { Kpi } from './Kpi.tsx';
import { MonthChart } from './MonthChart.tsx';
import { Nothing, Rows } from './Rows.tsx';
import { Card } from './Widget.tsx';

const monthsShown = 13;
/** Revenue counts no drafts, and neither does the list behind it. */
const posted = '/sales/invoices?f=status:in:POSTED,CANCELLED';

/** The months up to the newest with sales; of an empty company up to this one. */
function monthsOf(data: DashboardData) {
  if (!data.sales) return null;
  const until = data.sales.at(-1)?.month ?? today();
  return { until, months: lastMonths(data.sales, until, monthsShown), sales: data.sales };
}

function yearRevenue(data: DashboardData, { t, format }: Language) {
  const found = monthsOf(data);
  if (!found) return null;
  const year = found.until.slice(0, 4);
  const ofYear = found.months.filter((month) => month.month.startsWith(year));
  return (
    <Kpi
      href={`${posted}&f=issuedOn:gte:${year}-01-01&f=issuedOn:lte:${year}-12-31`}
      label={t('dashboard.yearRevenue', { year })}
      value={format.money(yearTotal(found.sales, year))}
      delta={t('dashboard.documents', {
        count: ofYear.reduce((sum, month) => sum + month.invoices + month.creditNotes, 0),
      })}
      course={found.months.map((month) => Number(month.net))}
    />
  );
}

function monthRevenue(data: DashboardData, { t, format }: Language) {
  const found = monthsOf(data);
  if (!found) return null;
  const [before, now] = found.months.slice(-2);
  const grown = now && change(before?.net, now.net);
  return (
    <Kpi
      href={`${posted}&f=issuedOn:gte:${found.until}`}
      label={t('dashboard.monthRevenue', { month: format.month(found.until) })}
      value={format.money(now?.net ?? '0')}
      delta={
        grown !== null &&
        grown !== undefined && (
          <>
            <b className={grown < 0 ? 'down' : 'up'}>{`${grown < 0 ? '' : '+'}${format.percent(grown)}`}</b>
            {t('dashboard.toMonthBefore')}
          </>
        )
      }
      course={found.months.map((month) => Number(month.net))}
    />
  );
}

function revenue(data: DashboardData, { t, format }: Language) {
  const found = monthsOf(data);
  if (!found) return null;
  const months = found.months.map(({ month, net, invoices, creditNotes }) => ({
    month,
    net,
    documents: invoices + creditNotes,
  }));
  const steps = axis(months.map((month) => Number(month.net)));
  return (
    <Card title={t('dashboard.revenue')} sub={t('dashboard.revenueSub')} href="/sales/invoices">
      <MonthChart months={months} steps={steps} labels={axisLabels(steps, format.locale)} />
    </Card>
  );
}

function newestInvoices(data: DashboardData, { t, format }: Language) {
  if (!data.invoices) return null;
  return (
    <Card title={t('dashboard.newest')} href="/sales/invoices">
      <Rows
        nothing={<Nothing>{t('empty.invoices.title')}</Nothing>}
        rows={data.invoices.edges.map(({ node }) => {
          const state = invoiceState(node);
          const late = daysOverdue(node) > 0;
          return {
            id: node.id,
            href: `/sales/invoices/${node.id}`,
            title: node.number ?? t('invoice.state.draft'),
            sub: node.customerName,
            middle: (
              <Status tone={late ? 'over' : state.tone}>
                {late ? t('enum.PaymentStatus.OVERDUE') : t(`invoice.state.${state.name}`)}
              </Status>
            ),
            end: format.amount(node.kind === 'CREDIT_NOTE' ? `-${node.gross.amount}` : node.gross.amount),
          };
        })}
      />
    </Card>
  );
}

function ordersToShip(data: DashboardData, { t, format }: Language) {
  if (!data.orders) return null;
  return (
    <Card
      title={t('dashboard.ordersToShip')}
      sub={t('dashboard.documents', { count: data.orders.totalCount })}
      href="/sales/orders?f=status:in:CONFIRMED&f=deliveryStatus:in:NONE,PARTIAL&sort=orderedOn"
    >
      <Rows
        nothing={<Nothing>{t('dashboard.nothingToShip')}</Nothing>}
        rows={data.orders.edges.map(({ node }) => ({
          id: node.id,
          href: `/sales/orders/${node.id}`,
          title: node.number,
          sub: node.customerName,
          middle: <span className="subtle tabn">{format.date(node.requestedOn ?? node.orderedOn)}</span>,
          end: format.amount(node.net.amount),
        }))}
      />
    </Card>
  );
}

export const salesWidgets = { yearRevenue, monthRevenue, revenue, newestInvoices, ordersToShip };
