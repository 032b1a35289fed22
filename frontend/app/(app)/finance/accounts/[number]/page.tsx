import { AccountByNumber, JournalEntriesList } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { ListPage, type SearchParams } from '#lists/ListPage.tsx';
import { journalList } from '../../journal/list.ts';

/** The sheet of one account: every entry that touches it. */
export default async function AccountSheetPage({
  params,
  searchParams,
}: {
  params: Promise<{ number: string }>;
  searchParams: SearchParams;
}) {
  const [{ t }, { number }] = await Promise.all([language(), params]);
  const { ledgerAccounts } = await ask(AccountByNumber, { number });
  const account = ledgerAccounts?.edges[0]?.node;
  const touched = account?.kind === 'CONTROL' ? { controlAccount: { eq: number } } : { account: { eq: number } };
  const title = account ? `${number} ${account.name}` : number;
  return (
    <>
      <title>{`${title} · VALEO NeuroERP`}</title>
      <ListPage
        definition={{ ...journalList(t), operation: JournalEntriesList, label: title, base: touched }}
        crumbs={[
          { label: t('nav.finance') },
          { label: t('nav.accounts'), href: '/finance/accounts' },
          { label: number },
        ]}
        searchParams={searchParams}
      />
    </>
  );
}
