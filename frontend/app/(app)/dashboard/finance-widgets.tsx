import { amountOf, cents } from '@valeo/money/money.ts';
import type { DashboardData } from '#graphql/_generated/operations.ts';
import type { Language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { sourceLink } from '#shell/source-link.ts';
import { share } from './figures.ts';
import { Kpi } from './Kpi.tsx';
import { Nothing } from './Rows.tsx';
import { Card } from './Widget.tsx';

const openItems = (kind: 'RECEIVABLE' | 'PAYABLE', more = '') =>
  `/finance/open-items?f=kind:in:${kind}&f=status:in:OPEN,PARTIAL${more}`;

function receivables({ receivables: summary }: DashboardData, { t, format }: Language) {
  if (!summary) return null;
  return (
    <Kpi
      href={openItems('RECEIVABLE')}
      label={t('dashboard.widget.receivables')}
      value={format.money(summary.total.amount)}
      delta={t('dashboard.documents', { count: summary.count })}
    />
  );
}

function payables({ payables: summary }: DashboardData, { t, format }: Language) {
  if (!summary) return null;
  return (
    <Kpi
      href={openItems('PAYABLE')}
      label={t('dashboard.widget.payables')}
      value={format.money(summary.total.amount)}
      delta={t('dashboard.documents', { count: summary.count })}
    />
  );
}

/** The last day whose dues are late, as the sums of the graph count. */
const yesterday = () => new Date(Date.parse(today()) - 86_400_000).toISOString().slice(0, 10);

function overdue({ receivables: summary }: DashboardData, { t, format }: Language) {
  if (!summary) return null;
  const late = amountOf(cents(summary.total.amount) - cents(summary.notDue.amount));
  return (
    <Kpi
      href={openItems('RECEIVABLE', `&f=dueOn:lte:${yesterday()}&sort=dueOn`)}
      label={t('dashboard.widget.overdue')}
      value={format.money(late)}
      delta={
        <>
          <b className={cents(late) > 0n ? 'down' : undefined}>
            {format.percent(share(late, summary.total.amount) / 100)}
          </b>
          {t('dashboard.ofOpen')}
        </>
      }
    />
  );
}

const ages = ['notDue', 'days30', 'days60', 'days90', 'older'] as const;

function ageing({ receivables: summary }: DashboardData, { t, format }: Language) {
  if (!summary) return null;
  return (
    <Card title={t('dashboard.ageing')} href={openItems('RECEIVABLE', '&sort=dueOn')}>
      <p className="bigsum tabn">
        {format.money(summary.total.amount)} <small>{t('dashboard.open')}</small>
      </p>
      <div className="age-bar" aria-hidden="true">
        {ages.map((age, at) => {
          const part = share(summary[age].amount, summary.total.amount);
          return part > 0 && <i key={age} style={{ flex: part, background: `var(--age-${at})` }} />;
        })}
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
    </Card>
  );
}

function largestItems({ largest }: DashboardData, { t, format }: Language) {
  if (!largest) return null;
  const nodes = largest.edges.map((edge) => edge.node);
  const most = nodes[0]?.openAmount.amount ?? '0';
  return (
    <Card
      title={t('dashboard.largest')}
      sub={t('dashboard.receivables')}
      href={openItems('RECEIVABLE', '&sort=-openAmount')}
    >
      {nodes.length === 0 && <Nothing>{t('dashboard.nothingOpen')}</Nothing>}
      <ol className="rank">
        {nodes.map((item) => {
          const link = sourceLink(item.source);
          return (
            <li key={item.id}>
              <span className="truncate">
                {link ? <a href={link}>{item.partnerName}</a> : item.partnerName}{' '}
                <span className={item.daysOverdue > 0 ? 'late tabn' : 'subtle tabn'}>
                  {item.daysOverdue > 0 ? t('dashboard.late', { count: item.daysOverdue }) : format.date(item.dueOn)}
                </span>
              </span>
              <span className="num">{format.money(item.openAmount.amount)}</span>
              <Meter percent={share(item.openAmount.amount, most)} />
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

export function Meter({ percent }: { percent: number }) {
  return (
    <span className="meter" aria-hidden="true">
      <i style={{ inlineSize: `${percent}%` }} />
    </span>
  );
}

export const financeWidgets = { receivables, payables, overdue, ageing, largestItems };
