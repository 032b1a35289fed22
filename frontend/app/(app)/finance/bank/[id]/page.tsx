import { notFound } from 'next/navigation';
import { BankTransactionDetail, MatchBankTransaction, MatchCandidates } from '#graphql/_generated/operations.ts';
import { ask, askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Allowed } from '#shell/Allowed.tsx';
import { Page } from '#shell/Page.tsx';
import { DocBody, DocHead, FactGrid, SectionHead } from '#ui/Doc.tsx';
import { Pill } from '#ui/Status.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';

/** One booking of a bank, and the open items that it may settle: those of the very amount first. */
export default async function BankTransactionPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { bankTransaction: transaction },
  } = await askRecord(BankTransactionDetail, { id });
  if (!transaction) notFound();
  const open = transaction.status === 'OPEN';
  const incoming = !transaction.amount.amount.startsWith('-');
  const size = transaction.amount.amount.replace('-', '');
  const found = open
    ? await ask(MatchCandidates, {
        filter: {
          kind: { eq: incoming ? 'RECEIVABLE' : 'PAYABLE' },
          status: { in: ['OPEN', 'PARTIAL'] },
          openAmount: { eq: size },
        },
      })
    : null;
  const candidates = found?.openItems?.edges.map((edge) => edge.node) ?? [];
  const title = transaction.counterpartName || t('nav.bank');

  return (
    <Page crumbs={[{ label: t('nav.finance') }, { label: t('nav.bank'), href: '/finance/bank' }, { label: title }]}>
      <title>{`${title} · VALEO NeuroERP`}</title>
      <DocHead
        title={title}
        pills={<Pill tone={open ? 'open' : 'paid'}>{t(`enum.BankTransactionStatus.${transaction.status}`)}</Pill>}
        meta={<span>{transaction.purpose}</span>}
      />
      <DocBody sideLabel={t('nav.bank')}>
        <p className="bigsum tabn">{format.money(transaction.amount.amount, transaction.amount.currency)}</p>
        <FactGrid
          facts={[
            { label: t('field.bookedOn'), value: format.date(transaction.bookedOn) },
            { label: t('field.bankAccount'), value: transaction.bankAccount },
            { label: t('field.counterpartIban'), value: transaction.counterpartIban },
            {
              label: t('field.journalEntry'),
              value: transaction.journalEntry && (
                <a href={`/finance/journal/${transaction.journalEntry.id}`}>{transaction.journalEntry.number}</a>
              ),
            },
          ]}
        />
        {open && (
          <section>
            <SectionHead title={t('bank.candidates')} count={format.integer(candidates.length)} />
            {candidates.length === 0 && <p className="muted">{t('bank.noCandidates')}</p>}
            <div className="mini-list" tabIndex={0}>
              <table className="table">
                <tbody>
                  {candidates.map((item) => (
                    <tr key={item.id}>
                      <td className="tabn">{item.reference}</td>
                      <td>{item.partnerName}</td>
                      <td className="tabn muted">{format.date(item.dueOn)}</td>
                      <td className="num">{format.money(item.openAmount.amount)}</td>
                      <td className="num">
                        <Allowed permission="finance:post">
                          <WriteButton
                            operation={MatchBankTransaction}
                            input={{ id, openItemId: item.id }}
                            icon="link"
                            kind="ghost"
                          >
                            {t('bank.match')}
                          </WriteButton>
                        </Allowed>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        )}
      </DocBody>
    </Page>
  );
}
