import { notFound } from 'next/navigation';
import { BankTransactionDetail, UpdateBankTransaction } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';

/** What is known of a transaction besides what the bank has booked, which stays as it is. */
export default async function EditBankTransactionPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { bankTransaction: transaction },
  } = await askRecord(BankTransactionDetail, { id });
  if (!transaction) notFound();
  const { partner, amount } = transaction;
  const title = transaction.counterpartName || t('nav.bank');
  return (
    <FormPage
      title={`${title}, ${format.money(amount.amount, amount.currency)}`}
      crumbs={[
        { label: t('nav.finance') },
        { label: t('nav.bank'), href: '/finance/bank' },
        { label: title, href: `/finance/bank/${id}` },
        { label: t('action.edit') },
      ]}
      permission="finance:write"
      form={{
        operation: UpdateBankTransaction,
        mutation: 'updateBankTransaction',
        object: 'bankTransaction',
        sections: [
          {
            title: t('bank.assignment'),
            fields: [
              { name: 'partnerId', label: t('field.partner'), kind: 'partner' },
              { name: 'note', label: t('field.note'), kind: 'note' },
            ],
          },
        ],
        fixed: { id, version: transaction.version },
        values: {
          partnerId: partner ? [partner.id, partner.name, `${partner.number}, ${format.country(partner.country)}`] : [],
          note: transaction.note ?? '',
        },
        record: { form: 'finance.bankTransaction', recordId: id, version: transaction.version },
        target: `/finance/bank/${id}`,
        cancel: `/finance/bank/${id}`,
        submit: t('action.save'),
        saved: t('action.saved'),
      }}
    />
  );
}
