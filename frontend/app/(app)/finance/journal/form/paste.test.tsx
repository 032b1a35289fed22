import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { answering, draw } from '#testing/render.tsx';
import { type EntryLine, emptyLine } from './draft.ts';
import { EntryGrid } from './EntryGrid.tsx';

/** Rows of a spreadsheet that are pasted into the lines of an entry. */

const account = (number: string, defaultTaxCode: string | null) => ({
  node: { id: number, number, name: `Konto ${number}`, kind: 'GENERAL', defaultTaxCode },
});

function show(ledgerAccounts: object | null = { edges: [account('4210', 'V19'), account('1200', null)] }) {
  vi.stubGlobal('fetch', answering({ ...(ledgerAccounts && { PastedAccounts: { ledgerAccounts } }) }).fetch);
  const seen: { lines: readonly EntryLine[] } = { lines: [] };
  function Grid() {
    const [lines, setLines] = useState<readonly EntryLine[]>([emptyLine()]);
    seen.lines = lines;
    return <EntryGrid lines={lines} taxCodes={[{ code: 'V19', name: 'Vorsteuer' }]} errors={{}} onChange={setLines} />;
  }
  draw(<Grid />);
  return seen;
}
const paste = (text: string) =>
  fireEvent.paste(screen.getByRole('combobox', { name: 'Konto, Zeile 1' }), { clipboardData: { getData: () => text } });

test('rows become lines with account, one side, VAT code and text; an account that there is not is told at its line', async () => {
  const seen = show();
  paste('Konto\tSoll\tHaben\tSt\tText\n4210\t1,234.50\t0.00\t\tMiete\n1200\t\t1,234.50\tV19\n9999\t1.00\t\n');
  await screen.findByText(/3 Zeilen eingefügt/);
  expect(seen.lines).toMatchObject([
    { account: '4210', accountName: 'Konto 4210', debit: '1.234,50', credit: '', taxCode: '', text: 'Miete' },
    { account: '1200', debit: '', credit: '1.234,50', taxCode: 'V19' },
    { account: '9999', accountName: '', debit: '1,00', credit: '' },
    { account: '' },
  ]);
  expect(screen.getByText(/Ein bebuchbares Konto 9999 gibt es nicht/)).toBeTruthy();
});

test('an account brings its VAT code where none is pasted', async () => {
  const seen = show();
  paste('4210\t5\n1200\t\t5');
  await screen.findByText(/2 Zeilen eingefügt/);
  expect(seen.lines).toMatchObject([{ taxCode: 'V19' }, { taxCode: '' }, {}]);
});

test('nothing is pasted when the accounts cannot be looked up', async () => {
  const seen = show(null);
  paste('4210\t5\n1200\t\t5');
  await screen.findByText(/Nicht eingefügt/);
  expect(seen.lines).toHaveLength(1);
});
