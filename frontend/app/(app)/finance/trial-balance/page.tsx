import { FirstMonth, FiscalYears, TrialBalance } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { de } from '#i18n/messages.de.ts';
import { language } from '#i18n/server.ts';
import type { PlainKey } from '#i18n/translate.ts';
import { Page, PageHead } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { PrintButton } from '#ui/PrintButton.tsx';
import { Pill } from '#ui/Status.tsx';
import { YearFilter } from '../YearFilter.tsx';
import { lastDay, monthsOf, monthToShow, yearToShow } from '../year.ts';
import { AccountDrill } from './AccountDrill.tsx';
import { balanceClasses, type Pair, type PairName, shown, sumOf } from './balance.ts';

export const generateMetadata = pageTitle('nav.trialBalance');

type Query = Promise<{ year?: string; month?: string; open?: string; drill?: string }>;

const pairNames: readonly PairName[] = ['opening', 'month', 'year', 'balance'];

/** How the address of the page names a month. */
const numberOf = (month: string): string => String(Number(month.slice(5)));

export default async function TrialBalancePage({ searchParams }: { searchParams: Query }) {
  const { t } = await language();
  return (
    <Page permission="finance:read" crumbs={[{ label: t('nav.finance') }, { label: t('nav.trialBalance') }]}>
      <Sheet searchParams={searchParams} />
    </Page>
  );
}

/** Asked for only when it may be seen. */
async function Sheet({ searchParams }: { searchParams: Query }) {
  const [{ t, format }, query, { fiscalYears }] = await Promise.all([language(), searchParams, ask(FiscalYears, {})]);
  const year = yearToShow(query.year, fiscalYears);
  const { accountingPeriods } = await ask(FirstMonth, { fiscalYear: year });
  const months = monthsOf(year, accountingPeriods[0]?.month ?? 1);
  const month = monthToShow(query.month, months);
  const before = months[months.indexOf(month) - 1];
  const data = await ask(TrialBalance, {
    fiscalYear: year,
    through: lastDay(month),
    before: lastDay(before ?? month),
    firstMonth: before === undefined,
  });
  const classes = balanceClasses(data);
  const rows = classes.flatMap((each) => each.rows);
  const chart = data.viewer?.company.chart ?? 'SKR03';
  const className = (digit: string): string => {
    const key = `balance.class.${chart}.${digit}`;
    return key in de ? t(key as PlainKey) : t('balance.class', { digit });
  };
  const total = sumOf(rows);
  const balanced = pairNames.every((name) => total[name].debit === total[name].credit);
  const link = (change: Record<string, string | number | null>) => {
    const params = new URLSearchParams({ year: String(year), month: numberOf(month) });
    for (const [name, value] of Object.entries(change)) if (value !== null) params.set(name, String(value));
    return `/finance/trial-balance?${params}`;
  };
  const monthName = format.month(lastDay(month));
  const state = data.accountingPeriods.find((period) => String(period.month) === numberOf(month))?.state;

  const pairCells = (pair: Pair, phone?: boolean) => (
    <>
      <td className={phone ? 'num sep medium' : 'num sep'} data-phone={phone ? 's' : undefined}>
        {shown(pair.debit, format.amount)}
      </td>
      <td className={phone ? 'num medium' : 'num'} data-phone={phone ? 'h' : undefined}>
        {shown(pair.credit, format.amount)}
      </td>
    </>
  );

  return (
    <>
      <PageHead title={t('nav.trialBalance')} count={t('balance.accounts', { count: rows.length, chart })}>
        <Pill tone={balanced ? 'paid' : 'over'}>{balanced ? t('balance.balanced') : t('balance.unbalanced')}</Pill>
        <PrintButton label={t('action.print')} />
      </PageHead>
      <YearFilter
        action="/finance/trial-balance"
        className="filterbar susa-filter"
        year={year}
        withEntries={fiscalYears}
        month={{
          label: t('balance.through'),
          value: numberOf(month),
          options: months.map((each) => ({ value: numberOf(each), name: format.month(lastDay(each)) })),
        }}
      >
        {state && (
          <div className="filterbar-end">
            <a className="autosave" href={`/finance/periods?year=${year}`}>
              <Icon name={state === 'OPEN' ? 'open' : 'lock'} />
              {t(`balance.state.${state}`, { month: monthName })}
            </a>
          </div>
        )}
      </YearFilter>
      {rows.length === 0 ? (
        <EmptyState title={t('empty.journal.title')}>{t('empty.journal.text')}</EmptyState>
      ) : (
        <div className="susa-scroll" tabIndex={0} role="region" aria-label={t('nav.trialBalance')}>
          <table className="susa">
            <thead>
              <tr>
                <td className="acct" />
                <td className="col-name" />
                {[t('balance.opening'), monthName, t('balance.yearTo'), t('balance.balance')].map((name) => (
                  <th className="pair sep" colSpan={2} key={name}>
                    {name}
                  </th>
                ))}
              </tr>
              <tr>
                <th className="acct" scope="col">
                  {t('field.account')}
                </th>
                <th scope="col">{t('field.name')}</th>
                {pairNames.map((name) => [
                  <th className="num sep" scope="col" key={`${name}d`}>
                    {t('balance.debit')}
                  </th>,
                  <th className="num" scope="col" key={`${name}c`}>
                    {t('balance.credit')}
                  </th>,
                ])}
              </tr>
            </thead>
            {classes.map(({ digit, rows: members, sum }) => (
              <tbody key={digit}>
                <tr className="group">
                  <th className="acct tabn" scope="row">
                    {digit}
                  </th>
                  <th className="name" scope="rowgroup">
                    {className(digit)}
                  </th>
                  {pairCells(sum.opening)}
                  {pairCells(sum.month)}
                  {pairCells(sum.year)}
                  {pairCells(sum.balance, true)}
                </tr>
                {members.map((row) => {
                  const open = row.number === query.open;
                  return [
                    <tr
                      key={row.number}
                      id={`account-${row.number}`}
                      className={open ? 'acct-row is-open' : 'acct-row'}
                    >
                      <th className="acct" scope="row">
                        <a
                          className="twist tabn"
                          href={link({ open: open ? null : row.number })}
                          aria-expanded={open}
                          data-stay
                        >
                          <Icon name={open ? 'down' : 'right'} />
                          {row.number}
                        </a>
                      </th>
                      <td className="name" title={row.name}>
                        {row.name}
                      </td>
                      {pairCells(row.opening)}
                      {pairCells(row.month)}
                      {pairCells(row.year)}
                      {pairCells(row.balance, true)}
                    </tr>,
                    open && (
                      <tr className="drill" key="drill">
                        <td colSpan={10}>
                          <AccountDrill
                            account={row.number}
                            control={row.control}
                            year={year}
                            month={query.drill ? monthToShow(query.drill, months) : null}
                            through={month}
                            link={(drill) => link({ open: row.number, drill: numberOf(drill) })}
                          />
                        </td>
                      </tr>
                    ),
                  ];
                })}
              </tbody>
            ))}
            <tfoot>
              <tr>
                <th className="acct" colSpan={2} scope="row">
                  {t('balance.sum')}
                </th>
                {pairCells(total.opening)}
                {pairCells(total.month)}
                {pairCells(total.year)}
                {pairCells(total.balance, true)}
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </>
  );
}
