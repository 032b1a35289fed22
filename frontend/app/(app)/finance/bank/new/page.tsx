import { CreateBankTransaction, LatestBankAccount } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { today } from '#ui/today.ts';

/** What a bank has booked, from a statement on paper. What stands in it cannot be changed afterwards, so all of it is asked for here. */
export default async function NewBankTransactionPage() {
  const [{ t }, { bankTransactions }] = await Promise.all([language(), ask(LatestBankAccount, {})]);
  return (
    <FormPage
      title={t('action.newBankTransaction')}
      crumbs={[{ label: t('nav.finance') }, { label: t('nav.bank'), href: '/finance/bank' }, { label: t('crumb.new') }]}
      permission="finance:write"
      form={{
        operation: CreateBankTransaction,
        mutation: 'createBankTransaction',
        object: 'bankTransaction',
        sections: [
          {
            title: t('bank.booking'),
            fields: [
              {
                name: 'amount',
                label: t('field.amount'),
                kind: 'decimal',
                required: true,
                hint: t('bank.amountHint'),
              },
              { name: 'bookedOn', label: t('field.bookedOn'), kind: 'date', required: true },
              {
                name: 'bankAccount',
                label: t('field.bankAccount'),
                kind: 'text',
                required: true,
                hint: t('bank.accountHint'),
              },
              { name: 'valueOn', label: t('field.valueOn'), kind: 'date' },
              { name: 'purpose', label: t('field.purpose'), kind: 'note' },
            ],
          },
          {
            title: t('field.counterpartName'),
            fields: [
              { name: 'counterpartName', label: t('field.name'), kind: 'text' },
              { name: 'counterpartIban', label: t('field.counterpartIban'), kind: 'text' },
              { name: 'partnerId', label: t('field.partner'), kind: 'partner' },
              { name: 'note', label: t('field.note'), kind: 'note' },
            ],
          },
        ],
        values: { bankAccount: bankTransactions?.edges[0]?.node.bankAccount ?? '', bookedOn: today(), partnerId: [] },
        record: { form: 'finance.bankTransaction', recordId: null, version: null },
        target: '/finance/bank/{id}',
        cancel: '/finance/bank',
        submit: t('action.create'),
        saved: t('action.saved'),
      }}
    />
  );
}
