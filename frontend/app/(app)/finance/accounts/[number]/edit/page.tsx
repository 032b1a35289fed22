import { notFound } from 'next/navigation';
import { EditLedgerAccount, LedgerAccountEntry } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { accountSections } from '../../form.ts';

/** Here the address holds the account's id, by which drafts find back to what they change. */
export default async function EditAccountPage({ params }: { params: Promise<{ number: string }> }) {
  const [{ t }, { number: id }] = await Promise.all([language(), params]);
  const {
    data: { ledgerAccount: account },
  } = await askRecord(LedgerAccountEntry, { id });
  if (!account) notFound();
  const sheet = `/finance/accounts/${account.number}`;
  return (
    <FormPage
      title={`${account.number} ${account.name}`}
      crumbs={[
        { label: t('nav.finance') },
        { label: t('nav.accounts'), href: '/finance/accounts' },
        { label: account.number, href: sheet },
        { label: t('action.edit') },
      ]}
      permission="finance:write"
      form={{
        operation: EditLedgerAccount,
        mutation: 'updateLedgerAccount',
        object: 'ledgerAccount',
        sections: accountSections(t),
        fixed: { id, version: account.version },
        values: { name: account.name, active: String(account.active) },
        record: { form: 'finance.account', recordId: id, version: account.version },
        target: sheet,
        cancel: sheet,
        submit: t('action.save'),
        saved: t('action.saved'),
      }}
    />
  );
}
