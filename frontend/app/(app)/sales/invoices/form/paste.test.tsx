import { fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { answering, draw } from '#testing/render.tsx';
import { type DraftLine, emptyLine } from './draft.ts';
import { LineGrid } from './LineGrid.tsx';

/** Rows of a spreadsheet that are pasted into the lines of a document. */

const taxCodes = [
  { code: 'U19', name: 'Inland 19 %' },
  { code: 'U7', name: 'Inland 7 %' },
];
const article = (sku: string, externalNumber: string | null) => ({
  node: {
    id: `id-${sku}`,
    sku,
    externalNumber,
    name: `Ware ${sku}`,
    unit: 'C62',
    price: '5.00',
    taxCode: 'U19',
    onHand: '1',
  },
});

function show(articles: object = { edges: [article('10002', null), article('A-7', '4006381333931')] }) {
  const server = answering({ PastedArticles: { articles } });
  vi.stubGlobal('fetch', server.fetch);
  const seen: { lines: readonly DraftLine[] } = { lines: [] };
  function Grid() {
    const [lines, setLines] = useState<readonly DraftLine[]>([
      { ...emptyLine(), articleId: 'old', sku: '999', name: 'Alt', quantity: '2', unitPrice: '1,00', taxCode: 'U7' },
      emptyLine(),
    ]);
    seen.lines = lines;
    return <LineGrid lines={lines} nets={[]} taxCodes={taxCodes} errors={{}} onChange={setLines} />;
  }
  draw(<Grid />);
  return { server, seen };
}
const paste = (field: HTMLElement, text: string) => fireEvent.paste(field, { clipboardData: { getData: () => text } });
const box = (position: number) => screen.getByRole('combobox', { name: `Artikel, Position ${position}` });

test('rows become lines from the cursor on, with what the articles bring and what stands beside them', async () => {
  const { server, seen } = show();
  paste(box(2), 'Artikel\tMenge\tPreis\tSteuer\r\n10002\t3\t1.234,50\tu7\r\n4006381333931\t1,5\r\n4711\t2\r\n');
  await screen.findByText(/3 Zeilen eingefügt/);
  expect(seen.lines).toMatchObject([
    { sku: '999', quantity: '2' },
    { articleId: 'id-10002', name: 'Ware 10002', quantity: '3', unitPrice: '1.234,50', taxCode: 'U7' },
    { articleId: 'id-A-7', sku: 'A-7', quantity: '1,5', unitPrice: '5,00', taxCode: 'U19' },
    { articleId: null, sku: '4711', quantity: '2', unitPrice: '' },
    { sku: '', quantity: '' },
  ]);
  expect(screen.getByText(/Einen aktiven Artikel 4711 gibt es nicht/)).toBeTruthy();
  expect(box(4).getAttribute('aria-invalid')).toBe('true');
  expect(server.asked).toHaveLength(1);
  await waitFor(() => expect(document.activeElement).toBe(box(5)));
});

test('quantities alone are pasted over those of the lines', async () => {
  const { server, seen } = show();
  paste(screen.getByLabelText('Menge, Position 1'), '7\n8');
  await screen.findByText(/2 Zeilen eingefügt/);
  expect(seen.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
    ['999', '7'],
    ['', '8'],
    ['', ''],
  ]);
  expect(server.asked).toHaveLength(0);
});

test('a single value is left to the field, and a VAT code that there is not is told', async () => {
  const { seen } = show();
  expect(paste(box(2), '10002\r\n')).toBe(true);
  expect(paste(box(2), '10002\t1\t2,00\tX9')).toBe(false);
  await screen.findByText(/Steuerschlüssel gibt es nicht: X9/);
  expect(seen.lines[1]).toMatchObject({ sku: '10002', taxCode: 'U19' });
});
