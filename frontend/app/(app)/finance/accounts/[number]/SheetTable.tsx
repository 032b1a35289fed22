import type { AccountSheetData } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';

/** The lines of an account with debit and credit in columns, and the balance after each. */
export async function SheetTable({
  sheet,
  balance,
}: {
  sheet: NonNullable<AccountSheetData['accountSheet']>;
  balance: (value: string) => string;
}) {
  const { t, format } = await language();
  const amount = (value: string) => (Number(value) === 0 ? '' : format.amount(value));
  if (sheet.lines.length === 0) return <p className="muted">{t('sheet.empty')}</p>;
  return (
    <div className="mini-list" tabIndex={0} role="region" aria-label={t('entry.lines')}>
      <table className="table sheet-lines">
        <thead>
          <tr>
            <th>{t('field.date')}</th>
            <th>{t('field.journalEntry')}</th>
            <th>{t('field.reference')}</th>
            <th>{t('field.text')}</th>
            <th>{t('sheet.counterAccount')}</th>
            <th>{t('field.taxCode')}</th>
            <th className="num">{t('balance.debitEuro')}</th>
            <th className="num">{t('balance.creditEuro')}</th>
            <th className="num">{t('sheet.balance')}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.lines.map((line) => (
            <tr key={`${line.entryId} ${line.position}`}>
              <td className="tabn muted">{format.date(line.postedOn)}</td>
              <td className="tabn">
                <a href={`/finance/journal/${line.entryId}`}>{line.number}</a>
              </td>
              <td className="tabn aside">{line.reference}</td>
              <td className="truncate">{line.text}</td>
              <td className="tabn aside">
                {line.counterAccount ? (
                  <a href={`/finance/accounts/${line.counterAccount}`}>{line.counterAccount}</a>
                ) : (
                  <span className="subtle">{t('sheet.several')}</span>
                )}
              </td>
              <td className="tabn muted aside">{line.taxCode}</td>
              <td className="num amount" data-side={t('sheet.debit')}>
                {amount(line.debit)}
              </td>
              <td className="num amount" data-side={t('sheet.credit')}>
                {amount(line.credit)}
              </td>
              <td className="num medium rest">{balance(line.balance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
