import { FiscalYears, Periods } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Allowed } from '#shell/Allowed.tsx';
import { Page, PageHead } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { viewer } from '#shell/viewer.ts';
import { Status, type StatusTone } from '#ui/Status.tsx';
import { YearFilter } from '../YearFilter.tsx';
import { calendarMonth, reach, yearToShow } from '../year.ts';
import { PeriodButton } from './PeriodButton.tsx';

export const generateMetadata = pageTitle('nav.periods');

const tones = { OPEN: 'open', SOFT_CLOSED: 'part', LOCKED: 'paid' } as const satisfies Record<string, StatusTone>;

/** The months of a fiscal year: what they still take, and the way to close them. */
export default async function PeriodsPage({ searchParams }: { searchParams: Promise<{ year?: string }> }) {
  const { t } = await language();
  return (
    <Page permission="finance:read" crumbs={[{ label: t('nav.finance') }, { label: t('nav.periods') }]}>
      <Months searchParams={searchParams} />
    </Page>
  );
}

/** Asked for only when it may be seen. */
async function Months({ searchParams }: { searchParams: Promise<{ year?: string }> }) {
  const [{ t, format }, query, { fiscalYears }, { permissions }] = await Promise.all([
    language(),
    searchParams,
    ask(FiscalYears, {}),
    viewer(),
  ]);
  const may = { sell: permissions.includes('sales:read'), buy: permissions.includes('purchasing:read') };
  const year = yearToShow(query.year, fiscalYears);
  const { accountingPeriods, months } = await ask(Periods, { fiscalYear: year, filter: { postedOn: reach(year) } });
  const firstMonth = accountingPeriods[0]?.month ?? 1;
  const counts = new Map(months?.groups.map(({ key, count }) => [key, count]));
  return (
    <>
      <PageHead title={t('nav.periods')} />
      <YearFilter action="/finance/periods" year={year} withEntries={fiscalYears} />
      <div className="form-page periods">
        <dl className="period-states">
          {(['OPEN', 'SOFT_CLOSED', 'LOCKED'] as const).map((state) => (
            <div key={state}>
              <dt>
                <Status tone={tones[state]}>{t(`ui.period.state.${state}`)}</Status>
              </dt>
              <dd className="muted">{t(`ui.period.meaning.${state}`)}</dd>
            </div>
          ))}
        </dl>
        <table className="table">
          <thead>
            <tr>
              <th>{t('period.month')}</th>
              <th>{t('field.status')}</th>
              <th className="num">{t('period.entries')}</th>
              <th>
                <span className="visually-hidden">{t('ui.period.change')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {accountingPeriods.map(({ month, state }) => {
              const key = calendarMonth(year, firstMonth, month);
              const name = format.month(`${key}-01`);
              return (
                <tr key={key}>
                  <td className="medium">{name}</td>
                  <td>
                    <Status tone={tones[state]}>{t(`ui.period.state.${state}`)}</Status>
                  </td>
                  <td className="num">{format.integer(counts.get(key) ?? 0)}</td>
                  <td className="num">
                    <Allowed permission="finance:write">
                      <PeriodButton {...{ fiscalYear: year, month, state, name, calendar: key, may }} />
                    </Allowed>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
