import { language } from '#i18n/server.ts';
import { EntryCard, SectionHead } from '#ui/Doc.tsx';
import type { Transaction } from './Unmatched.tsx';

/** What a posted transaction settles, and its entry. */
export async function Matched({ transaction: { settlements, journalEntry, bookedOn } }: { transaction: Transaction }) {
  const { t, format } = await language();
  const amountOn = (side: string) => (Number(side) === 0 ? '' : format.amount(side));
  return (
    <>
      {settlements.length > 0 && (
        <section>
          <SectionHead title={t('bank.settled')} count={format.integer(settlements.length)} />
          <div className="mini-list" tabIndex={0}>
            <table className="table">
              <thead>
                <tr>
                  <th>{t('field.reference')}</th>
                  <th>{t('field.partnerName')}</th>
                  <th className="num">{t('field.amount')}</th>
                  <th className="num">{t('bank.stillOpen')}</th>
                </tr>
              </thead>
              <tbody>
                {settlements.map(({ openItem, amount }) => (
                  <tr key={openItem.id}>
                    <td className="tabn">{openItem.reference}</td>
                    <td>{openItem.partnerName}</td>
                    <td className="num">{format.amount(amount.amount)}</td>
                    <td className="num muted">{format.amount(openItem.openAmount.amount)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {journalEntry && (
        <section>
          <SectionHead title={t('field.journalEntry')} />
          <EntryCard
            href={`/finance/journal/${journalEntry.id}`}
            number={journalEntry.number}
            date={format.date(bookedOn)}
            words={{ account: t('field.account'), debit: t('balance.debitEuro'), credit: t('balance.creditEuro') }}
            lines={journalEntry.lines.map(({ account, debit, credit }) => ({
              account,
              debit: amountOn(debit.amount),
              credit: amountOn(credit.amount),
            }))}
          />
        </section>
      )}
    </>
  );
}
