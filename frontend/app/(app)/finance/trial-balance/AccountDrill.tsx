import { amountOf, cents } from '@valeo/money/money.ts';
import {
  type AccountDrillData,
  AccountDrill as AccountDrillQuery,
  AccountMonths,
} from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { lastDay } from '../year.ts';
import { shown } from './balance.ts';

type Entry = NonNullable<AccountDrillData['journalEntries']>['edges'][number]['node'];

/** What stands behind an account: its months as bars, and the largest entries of one month. */
export async function AccountDrill({
  account,
  control,
  year,
  month: wanted,
  through,
  link,
}: {
  account: string;
  control: boolean;
  year: number;
  /** A calendar month such as `2011-12`; null opens the newest that moved. */
  month: string | null;
  through: string;
  link: (month: string) => string;
}) {
  const { t, format } = await language();
  const { accountMonths } = await ask(AccountMonths, { account, fiscalYear: year });
  const months = (accountMonths ?? []).filter((each) => each.month.slice(0, 7) <= through);
  const month = wanted ?? months.at(-1)?.month.slice(0, 7) ?? through;
  const from = `${month}-01`;
  const data = await ask(AccountDrillQuery, {
    filter: {
      postedOn: { gte: from, lte: lastDay(month) },
      ...(control ? { controlAccount: { eq: account } } : { account: { eq: account } }),
    },
  });
  const movement = (each: { debit: string; credit: string }) => cents(each.debit) + cents(each.credit);
  const most = months.reduce((max, each) => (movement(each) > max ? movement(each) : max), 1n);
  const short = new Intl.DateTimeFormat(format.locale, { month: 'short', timeZone: 'UTC' });
  const entries = data.journalEntries?.edges.map((edge) => edge.node) ?? [];
  const count = data.journalEntries?.totalCount ?? 0;
  const listFilter = control ? '' : `f=account:eq:${account}&`;

  return (
    <div className="drill-box">
      <div className="drill-months" role="group" aria-label={t('balance.byMonth')}>
        {months.map((each) => {
          const at = each.month.slice(0, 7);
          const width = Number((movement(each) * 100n) / most);
          return (
            <a key={each.month} href={link(at)} aria-current={at === month ? 'true' : undefined} data-stay>
              <span>{short.format(Date.parse(each.month))}</span>
              <i style={{ inlineSize: `${width}%` }} />
              <span className="num">{format.amount(amountOf(movement(each)))}</span>
            </a>
          );
        })}
      </div>
      <div className="drill-entries">
        <table className="table">
          <thead>
            <tr>
              <th>{t('field.journalEntry')}</th>
              <th>{t('field.date')}</th>
              <th>{t('field.reference')}</th>
              <th>{t('field.text')}</th>
              <th className="num">{t('balance.debitEuro')}</th>
              <th className="num">{t('balance.creditEuro')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => {
              const own = ownMovement(entry, account, control);
              return (
                <tr key={entry.id}>
                  <td className="tabn">
                    <a href={`/finance/journal/${entry.id}`}>{entry.number}</a>
                  </td>
                  <td className="tabn muted">{format.date(entry.postedOn)}</td>
                  <td className="tabn">{entry.reference}</td>
                  <td className="truncate">{entry.text}</td>
                  <td className="num">{shown(own.debit, format.amount)}</td>
                  <td className="num">{shown(own.credit, format.amount)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <p className="drill-foot">
          <span className="tabn">{t('balance.largest', { shown: entries.length, count })}</span>
          <a
            className="spacer-start"
            href={`/finance/journal?${listFilter}f=postedOn:gte:${from}&f=postedOn:lte:${lastDay(month)}`}
          >
            {t('balance.allEntries')}
          </a>
        </p>
      </div>
    </div>
  );
}

/** What an entry moved on the account; a control account is moved through the personal accounts behind it. */
function ownMovement(entry: Entry, account: string, control: boolean) {
  const own = entry.lines.filter((line) =>
    control ? line.account.kind === 'DEBTOR' || line.account.kind === 'CREDITOR' : line.account.number === account,
  );
  return own.reduce(
    (sum, line) => ({ debit: sum.debit + cents(line.debit.amount), credit: sum.credit + cents(line.credit.amount) }),
    { debit: 0n, credit: 0n },
  );
}
