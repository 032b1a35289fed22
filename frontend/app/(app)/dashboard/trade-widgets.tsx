import type { ReactNode } from 'react';
import type { DashboardData } from '#graphql/_generated/operations.ts';
import type { Language } from '#i18n/server.ts';
import { daysPast } from '#i18n/today.ts';
import { Icon } from '#ui/Icon.tsx';
import { Progress } from '#ui/States.tsx';
import { share } from './figures.ts';
import { Meter } from './finance-widgets.tsx';
import { Nothing, Rows } from './Rows.tsx';
import { Card } from './Widget.tsx';

const openStages = ['NEW', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION'] as const;

/** Possible sales that are neither won nor lost, stage by stage. */
function pipeline({ pipeline: found }: DashboardData, { t, format }: Language) {
  if (!found) return null;
  const byStage = new Map(found.groups.map((group) => [group.key, group]));
  const stages = openStages.map((stage) => {
    const group = byStage.get(stage);
    return { stage, count: group?.count ?? 0, amount: group?.sums.expectedAmount.amount ?? '0.00' };
  });
  const most = stages.reduce((max, { amount }) => (Number(amount) > Number(max) ? amount : max), '0.00');
  return (
    <Card title={t('dashboard.pipeline')} sub={t('dashboard.pipelineSub')} href="/crm/opportunities">
      {stages.every(({ count }) => count === 0) ? (
        <Nothing>{t('empty.opportunities.title')}</Nothing>
      ) : (
        <ol className="rank">
          {stages.map(({ stage, count, amount }) => (
            <li key={stage}>
              <span className="truncate">
                <a href={`/crm/opportunities?f=stage:in:${stage}`}>{t(`enum.OpportunityStage.${stage}`)}</a>{' '}
                <span className="subtle tabn">{format.integer(count)}</span>
              </span>
              <span className="num">{format.money(amount)}</span>
              <Meter percent={share(amount, most)} />
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function stockAlerts({ stock }: DashboardData, { t, format }: Language) {
  if (!stock) return null;
  return (
    <Card
      title={t('dashboard.stockAlerts')}
      sub={t('dashboard.belowReorder', { count: stock.totalCount })}
      href="/inventory/articles?f=toReorder:eq:true"
    >
      {stock.edges.length === 0 ? (
        <Nothing>{t('dashboard.stockFine')}</Nothing>
      ) : (
        <table className="table table--tall">
          <thead>
            <tr>
              <th>{t('field.article')}</th>
              <th className="num">{t('field.onHand')}</th>
              <th className="num">{t('dashboard.reorderAt')}</th>
            </tr>
          </thead>
          <tbody>
            {stock.edges.map(({ node }) => (
              <tr key={node.id}>
                <td>
                  <span className="two-line">
                    <a className="truncate" href={`/inventory/articles/${node.id}`}>
                      {node.name}
                    </a>
                    <small className="tabn truncate">{node.sku}</small>
                  </span>
                </td>
                <td className={Number(node.onHand) <= 0 ? 'num negative' : 'num'}>
                  {format.decimal(node.onHand ?? '0')}
                </td>
                <td className="num subtle">{node.reorderPoint ? format.decimal(node.reorderPoint) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function openPurchases({ purchases }: DashboardData, { t, format }: Language) {
  if (!purchases) return null;
  return (
    <Card
      title={t('dashboard.openPurchases')}
      sub={t('dashboard.documents', { count: purchases.totalCount })}
      href="/purchasing/orders?f=status:in:SENT,PARTIALLY_RECEIVED&sort=orderedOn"
    >
      <Rows
        nothing={<Nothing>{t('dashboard.nothingOrdered')}</Nothing>}
        rows={purchases.edges.map(({ node }) => ({
          id: node.id,
          href: `/purchasing/orders/${node.id}`,
          title: node.number,
          sub: node.supplierName,
          middle: <span className="subtle tabn">{node.expectedOn ? format.date(node.expectedOn) : '–'}</span>,
          end: format.amount(node.net.amount),
        }))}
      />
    </Card>
  );
}

function activities({ activities: found }: DashboardData, { t, format }: Language) {
  if (!found) return null;
  return (
    <Card
      title={t('nav.activities')}
      sub={t('dashboard.toDo', { count: found.totalCount })}
      href="/crm/activities?f=status:in:OPEN&sort=dueOn"
    >
      <Rows
        nothing={<Nothing>{t('dashboard.nothingToDo')}</Nothing>}
        rows={found.edges.map(({ node }) => ({
          id: node.id,
          href: node.partner ? `/crm/partners/${node.partner.id}` : '/crm/activities',
          title: node.subject,
          sub: node.partner?.name,
          middle: <span className="subtle">{t(`enum.ActivityKind.${node.kind}`)}</span>,
          end: dueDay(node.dueOn, { t, format }),
        }))}
      />
    </Card>
  );
}

/** A day by which something is to be done; once it is past, that is told in colour and words. */
function dueDay(day: string | null, { t, format }: Pick<Language, 't' | 'format'>): ReactNode {
  if (!day) return '–';
  const late = daysPast(day);
  return late === 0 ? format.date(day) : <span className="late">{t('dashboard.late', { count: late })}</span>;
}

function tasks({ tasks: found }: DashboardData, { t, format }: Language) {
  if (!found) return null;
  const nodes = found.edges.map((edge) => edge.node);
  return (
    <Card title={t('nav.tasks')} href="/tasks">
      {nodes.length === 0 && <Nothing>{t('empty.tasks.title')}</Nothing>}
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
    </Card>
  );
}

export const tradeWidgets = { pipeline, stockAlerts, openPurchases, activities, tasks };
