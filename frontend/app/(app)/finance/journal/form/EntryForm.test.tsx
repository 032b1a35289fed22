import '#testing/next.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { emptyLine } from './draft.ts';
import { EntryForm } from './EntryForm.tsx';

const account = (number: string, name: string, defaultTaxCode: string | null) => ({
  node: { id: number, number, name, kind: 'GENERAL', defaultTaxCode },
});
const found = { ledgerAccounts: { edges: [account('4210', 'Miete', 'V19')] } };
const taxCodes = [{ code: 'V19', name: 'Vorsteuer 19 %' }];

function show(postings: readonly object[]) {
  const answers = [...postings];
  const server = answering({
    FindAccounts: found,
    PostJournalEntry: () => ({ postJournalEntries: answers.shift() }),
  });
  vi.stubGlobal('fetch', server.fetch);
  const drawn = draw(
    <EntryForm
      drafts={[]}
      taxCodes={taxCodes}
      initial={{
        postedOn: '2026-01-05',
        text: 'Miete Januar',
        reference: '',
        lines: [emptyLine(), emptyLine({ account: '1200', accountName: 'Bank', credit: '595,00' }), emptyLine()],
      }}
    />,
  );
  const posted = () =>
    server.asked
      .filter(({ operationName }) => operationName === 'PostJournalEntry')
      .map(({ variables }) => variables.input as { readonly dryRun: boolean });
  return { ...drawn, posted };
}

beforeEach(() => framework.pushed.splice(0));

const debit = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Soll, Zeile 1' });

async function fillIn(user: ReturnType<typeof draw>['user']) {
  await user.type(screen.getByRole('combobox', { name: 'Konto, Zeile 1' }), 'mie');
  await screen.findByRole('listbox');
  await user.keyboard('{Enter}');
  // The account has brought its VAT code along and led on to the amount; `=` takes the difference.
  await waitFor(() => expect(document.activeElement).toBe(debit()));
  await user.keyboard('=');
}

test('an account brings its VAT code, one key balances the line, and posting is asked about first', async () => {
  const { user, posted } = show([
    { entries: [], errors: [] },
    { entries: [{ id: 'e1', number: '2026-000007' }], errors: [] },
  ]);
  await fillIn(user);
  expect(debit().value).toBe('595,00');
  await user.click(screen.getByRole('button', { name: /^Buchen/ }));
  const dialog = await screen.findByRole('dialog');
  expect(posted().map(({ dryRun }) => dryRun)).toEqual([true]);
  await user.click(within(dialog).getByRole('button', { name: 'Buchen' }));
  await waitFor(() => expect(framework.pushed).toEqual(['/finance/journal/e1']));
  expect(posted()[1]).toMatchObject({
    dryRun: false,
    idempotencyKey: expect.any(String),
    entries: [
      {
        text: 'Miete Januar',
        lines: [
          { account: '4210', debit: '595.00', credit: null, taxCode: 'V19' },
          { account: '1200', debit: null, credit: '595.00' },
        ],
      },
    ],
  });
});

test('what the ledger finds stands at its line, and nothing is asked', async () => {
  const { user } = show([{ entries: [], errors: [{ path: 'lines.1.account', message: 'Gesperrt.' }] }]);
  await fillIn(user);
  await user.click(screen.getByRole('button', { name: /^Prüfen/ }));
  await screen.findByText('Gesperrt.');
  expect(screen.getByRole('combobox', { name: 'Konto, Zeile 2' }).getAttribute('aria-invalid')).toBe('true');
  expect(screen.queryByRole('dialog')).toBeNull();
});
