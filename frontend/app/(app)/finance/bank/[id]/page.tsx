import { notFound } from 'next/navigation';
import { BankTransactionDetail, BankTransactionLive } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { RecordLive } from '#offline/RecordLive.tsx';
import { Allowed } from '#shell/Allowed.tsx';
import { Page } from '#shell/Page.tsx';
import { ButtonLink } from '#ui/Button.tsx';
import { DocBody, DocHead, FactGrid } from '#ui/Doc.tsx';
import { Pill } from '#ui/Status.tsx';
import { ReversalButton } from '../../reversal/ReversalButton.tsx';
import { Matched } from './Matched.tsx';
import { Unmatched } from './Unmatched.tsx';

/** One booking of a bank: what it pays, or the way to say so. */
export default async function BankTransactionPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { bankTransaction: transaction },
    seen,
  } = await askRecord(BankTransactionDetail, { id });
  if (!transaction) notFound();
  const open = transaction.status === 'OPEN';
  const title = transaction.counterpartName || t('nav.bank');
  const amount = format.money(transaction.amount.amount, transaction.amount.currency);

  return (
    <Page crumbs={[{ label: t('nav.finance') }, { label: t('nav.bank'), href: '/finance/bank' }, { label: title }]}>
      <title>{`${title} · VALEO NeuroERP`}</title>
      <RecordLive operation={BankTransactionLive} id={id} seen={seen} />
      <DocHead
        title={title}
        pills={<Pill tone={open ? 'open' : 'paid'}>{t(`enum.BankTransactionStatus.${transaction.status}`)}</Pill>}
        meta={<span>{transaction.purpose}</span>}
      >
        <Allowed permission="finance:write">
          <ButtonLink icon="pencil" shortcut="E" href={`/finance/bank/${id}/edit`}>
            {t('action.edit')}
          </ButtonLink>
        </Allowed>
        {!open && (
          <Allowed permission="finance:post">
            <ReversalButton
              id={id}
              of="match"
              label={t('bank.unmatch')}
              question={t('bank.unmatchQuestion')}
              text={t('bank.unmatchText', { amount })}
              done={t('bank.unmatched')}
            />
          </Allowed>
        )}
      </DocHead>
      <DocBody sideLabel={t('nav.bank')}>
        <p className="bigsum tabn">{amount}</p>
        <FactGrid
          facts={[
            { label: t('field.bookedOn'), value: format.date(transaction.bookedOn) },
            { label: t('field.bankAccount'), value: transaction.bankAccount },
            { label: t('field.counterpartIban'), value: transaction.counterpartIban },
            {
              label: t('field.partner'),
              value: transaction.partner && (
                <a href={`/crm/partners/${transaction.partner.id}`}>{transaction.partner.name}</a>
              ),
            },
          ]}
        />
        {transaction.note && <p className="muted">{transaction.note}</p>}
        {open ? (
          <Allowed permission="finance:post" otherwise={<p className="muted">{t('bank.notPosted')}</p>}>
            <Unmatched transaction={transaction} />
          </Allowed>
        ) : (
          <Matched transaction={transaction} />
        )}
      </DocBody>
    </Page>
  );
}
