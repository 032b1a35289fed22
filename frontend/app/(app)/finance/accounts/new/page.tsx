import { CreateLedgerAccount, TaxCodes } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { today } from '#ui/today.ts';
import { newAccountSections } from '../form.ts';

export default async function NewAccountPage() {
  const [{ t }, { taxCodes }] = await Promise.all([language(), ask(TaxCodes, { on: today() })]);
  return (
    <FormPage
      title={t('action.newAccount')}
      crumbs={[
        { label: t('nav.finance') },
        { label: t('nav.accounts'), href: '/finance/accounts' },
        { label: t('crumb.new') },
      ]}
      permission="finance:write"
      form={{
        operation: CreateLedgerAccount,
        mutation: 'createLedgerAccount',
        object: 'ledgerAccount',
        sections: newAccountSections(t, taxCodes),
        values: { type: 'EXPENSE' },
        record: { form: 'finance.account', recordId: null, version: null },
        target: '/finance/accounts',
        cancel: '/finance/accounts',
        submit: t('action.create'),
        saved: t('account.created'),
      }}
    />
  );
}
