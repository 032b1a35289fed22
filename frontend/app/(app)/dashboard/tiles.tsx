import { amountOf, cents } from '@valeo/money/money.ts';
import { cache } from 'react';
import {
  DashboardInvoices,
  DashboardLargestItems,
  DashboardOpenItems,
  DashboardSales,
  DashboardTasks,
} from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { sourceLink } from '#shell/source-link.ts';
import { Icon } from '#ui/Icon.tsx';
import { Progress } from '#ui/States.tsx';
import { Status } from '#ui/Status.tsx';
import { daysOverdue, invoiceState } from '../sales/invoices/[id]/state.ts';
import { axis, change, lastMonths, monthBefore, share, yearTotal } from './figures.ts';
import { Kpi } from './Kpi.tsx';
import { MonthChart } from './MonthChart.tsx';

const monthsShown = 13;

/** Sales of the last months up to a day; asked once for all tiles that show them. */
const salesUntil = cache(async (day: string) => {
  const { salesByMonth } = await ask(DashboardSales, { from: monthBefore(day, 24), to: day });
  return salesByMonth ?? [];
});

const openItems = cache(async () => (await ask(DashboardOpenItems, {})).openItemSummary);

export async function SalesKpis({ day }: { day: string }) {
  const { t, format } = await language();
  const sales = await salesUntil(day).catch(() => null);
  if (!sales) return null;
  const months = lastMonths(sales, day, monthsShown);
  const year = day.slice(0, 4);
  const [before, now] = months.slice(-2);
  const grown = now && change(before?.net, now.net);
  const course = months.map((month) => Number(month.net));
  return (
    <>
      <Kpi
        href={`/sales/invoices?f=issuedOn:gte:${year}-01-01&f=issuedOn:lte:${year}-12-31`}
        label={t('dashboard.yearRevenue', { year })}
        value={format.money(yearTotal(sales, year))}
        delta={t('dashboard.documents', {
          count: months.filter((month) => month.month.startsWith(year)).reduce((sum, month) => sum + month.invoices, 0),
        })}
        course={course}
      />
      <Kpi
        href={`/sales/invoices?f=issuedOn:gte:${monthBefore(day, 0)}`}
        label={t('dashboard.monthRevenue', { month: format.month(day) })}
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
        course={course}
      />
    </>
  );
}

export async function OpenItemKpis() {
  const { t, format } = await language();
  const summary = await openItems().catch(() => null);
  if (!summary) return null;
  const overdue = amountOf(cents(summary.total.amount) - cents(summary.notDue.amount));
  return (
    <>
      <Kpi
        href="/finance/open-items?f=kind:in:RECEIVABLE&f=status:in:OPEN,PARTIAL"
        label={t('nav.openItems')}
        value={format.money(summary.total.amount)}
        delta={t('dashboard.documents', { count: summary.count })}
      />
      <Kpi
        href="/finance/open-items?f=kind:in:RECEIVABLE&f=status:in:OPEN,PARTIAL&sort=dueOn"
        label={t('dashboard.overdue')}
        value={format.money(overdue)}
        delta={
          <>
            <b className="down">{format.percent(share(overdue, summary.total.amount) / 100)}</b>
            {t('dashboard.ofOpen')}
          </>
        }
      />
    </>
  );
}

export async function revenueByMonth(day: string) {
  const months = lastMonths(await salesUntil(day), day, monthsShown);
  return (
    <MonthChart
      months={months.map(({ month, net, invoices, creditNotes }) => ({
        month,
        net,
        documents: invoices + creditNotes,
      }))}
      steps={axis(months.map((month) => Number(month.net)))}
    />
  );
}

const ages = ['notDue', 'days30', 'days60', 'days90', 'older'] as const;

export async function ageing() {
  const [{ t, format }, summary] = await Promise.all([language(), openItems()]);
  if (!summary) return null;
  return (
    <>
      <p className="bigsum tabn">
        {format.amount(summary.total.amount)} <small>{t('dashboard.euroOpen')}</small>
      </p>
      <div className="age-bar" aria-hidden="true">
        {ages.map((age, at) => (
          <i
            key={age}
            style={{
              flex: Math.max(0, share(summary[age].amount, summary.total.amount)),
              background: `var(--age-${at})`,
            }}
          />
        ))}
      </div>
      <ul className="age-list">
        {ages.map((age, at) => (
          <li key={age}>
            <i style={{ background: `var(--age-${at})` }} />
            <span className="truncate">{t(`dashboard.age.${age}`)}</span>
            <span className="num subtle">{format.percent(share(summary[age].amount, summary.total.amount) / 100)}</span>
            <span className="num">{format.money(summary[age].amount)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

export async function largestItems() {
  const [{ t, format }, { openItems: items }] = await Promise.all([language(), ask(DashboardLargestItems, {})]);
  const nodes = items?.edges.map((edge) => edge.node) ?? [];
  const most = nodes[0]?.openAmount.amount ?? '0';
  return (
    <ol className="rank">
      {nodes.map((item) => {
        const link = sourceLink(item.source);
        return (
          <li key={item.id}>
            <span className="truncate">
              {link ? <a href={link}>{item.partnerName}</a> : item.partnerName}{' '}
              <span className="subtle tabn">
                {item.daysOverdue > 0 ? t('dashboard.late', { count: item.daysOverdue }) : format.date(item.dueOn)}
              </span>
            </span>
            <span className="num">{format.money(item.openAmount.amount)}</span>
            <span className="meter" aria-hidden="true">
              <i style={{ inlineSize: `${share(item.openAmount.amount, most)}%` }} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}

export async function newestInvoices() {
  const [{ t, format }, { salesInvoices }] = await Promise.all([language(), ask(DashboardInvoices, {})]);
  return (
    <table className="table table--tall">
      <tbody>
        {(salesInvoices?.edges ?? []).map(({ node }) => {
          const state = invoiceState(node);
          const late = daysOverdue(node) > 0;
          return (
            <tr key={node.id}>
              <td>
                <span className="two-line">
                  <a className="tabn" href={`/sales/invoices/${node.id}`}>
                    {node.number ?? t('invoice.state.draft')}
                  </a>
                  <small className="truncate">{node.customerName}</small>
                </span>
              </td>
              <td>
                <Status tone={late ? 'over' : state.tone}>
                  {late ? t('enum.PaymentStatus.OVERDUE') : t(`invoice.state.${state.name}`)}
                </Status>
              </td>
              <td className="num">
                {format.amount(node.kind === 'CREDIT_NOTE' ? `-${node.gross.amount}` : node.gross.amount)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

export async function latestTasks() {
  const [{ t, format }, { tasks }] = await Promise.all([language(), ask(DashboardTasks, {})]);
  const nodes = tasks?.edges.map((edge) => edge.node) ?? [];
  if (nodes.length === 0) return <p className="muted">{t('empty.tasks.title')}</p>;
  return (
    <ul className="tasks">
      {nodes.map((task) => {
        const running = task.status === 'RUNNING' || task.status === 'QUEUED';
        const name = t(`enum.TaskKind.${task.kind}`);
        return (
          <li key={task.id}>
            <Icon name={running ? 'upload' : task.status === 'SUCCEEDED' ? 'st-paid' : 'st-over'} />
            <a className="truncate medium" href={`/tasks/${task.id}`}>
              {name}
            </a>
            <span className="num subtle">
              {running ? format.percent(task.progress, 0) : t(`enum.TaskStatus.${task.status}`)}
            </span>
            {running && <Progress value={task.progress * 100} label={name} />}
            <small className="tabn">{task.message ?? format.dateTime(task.createdAt)}</small>
          </li>
        );
      })}
    </ul>
  );
}
