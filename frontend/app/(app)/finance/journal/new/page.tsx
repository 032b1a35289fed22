import { EntryToCopy, FormDrafts, TaxCodes } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { DocHead } from '#ui/Doc.tsx';
import { today } from '#ui/today.ts';
import { emptyLine, typedLines } from '../form/draft.ts';
import { EntryForm } from '../form/EntryForm.tsx';

export const generateMetadata = pageTitle('action.newEntry');

export default async function NewEntryPage({ searchParams }: { searchParams: Promise<{ copy?: string }> }) {
  const [{ t, format }, { copy }] = await Promise.all([language(), searchParams]);
  const [{ taxCodes }, { drafts }, source] = await Promise.all([
    ask(TaxCodes, { on: today() }),
    ask(FormDrafts, { form: 'finance.journalEntry' }),
    copy ? ask(EntryToCopy, { id: copy }) : null,
  ]);
  const copied = source?.journalEntry;
  return (
    <Page
      permission="finance:post"
      crumbs={[
        { label: t('nav.finance') },
        { label: t('nav.journal'), href: '/finance/journal' },
        { label: t('crumb.new') },
      ]}
    >
      <DocHead title={t('action.newEntry')} meta={copied && t('entry.copyOf', { number: copied.number })} />
      <EntryForm
        drafts={drafts}
        taxCodes={taxCodes}
        initial={{
          postedOn: today(),
          text: copied?.text ?? '',
          reference: '',
          lines: copied ? typedLines(copied.lines, (amount) => format.decimal(amount, 2)) : [emptyLine(), emptyLine()],
        }}
      />
    </Page>
  );
}
