// @vitest-environment node
import '#testing/next.ts';
import { prerender } from 'react-dom/static';
import { beforeEach, expect, test, vi } from 'vitest';
import { CancelPayment } from '#graphql/_generated/operations.ts';
import { graphFetch } from '#testing/graph.ts';
import { framework } from '#testing/next.ts';
import { inGerman } from '#testing/render.tsx';
import { DocumentHistory } from './DocumentSide.tsx';

const payment = {
  id: 'p1',
  on: '2011-12-20',
  account: '1200',
  amount: { amount: '98.00' },
  discount: { amount: '2.00' },
  journalEntry: { id: 'e1' },
  cancelledOn: null,
  cancelReason: null,
  cancelEntry: null,
};
const takenBack = { ...payment, cancelledOn: '2011-12-22', cancelReason: 'Doppelt', cancelEntry: { id: 'e2' } };
const takingBack = { operation: CancelPayment, permission: 'sales:post' };

async function history(props: Partial<Parameters<typeof DocumentHistory>[0]>, permissions = ['sales:post']) {
  vi.stubGlobal('fetch', graphFetch({ 'Viewer.permissions': permissions }));
  const shown = inGerman(<DocumentHistory changes={[]} states="SalesInvoiceStatus" {...props} />);
  const html = await new Response((await prerender(shown)).prelude).text();
  return html.replaceAll(/\u00a0/g, ' ');
}

beforeEach(() => framework.cookies.set('valeo-display', 'locale=de'));

test('a payment can be taken back by whoever may post, and by nobody once its document is cancelled', async () => {
  expect(await history({ payments: [payment], takingBack })).toContain('Zahlung zurücknehmen');
  expect(await history({ payments: [payment], takingBack }, ['sales:read'])).not.toContain('Zahlung zurücknehmen');
  expect(await history({ payments: [payment], takingBack: null })).not.toContain('Zahlung zurücknehmen');
});

test('a payment that was taken back is crossed out, with day, reason and entry, and is not offered once more', async () => {
  const html = await history({ payments: [takenBack], takingBack });
  expect(html).toContain('<s>Zahlung 98,00 €</s>');
  expect(html).toContain('<s>Skonto 2,00 €</s>');
  expect(html).toMatch(/href="\/finance\/journal\/e2">Zurückgenommen am 22\.12\.2011/);
  expect(html).toContain('Doppelt');
  expect(html).not.toContain('Zahlung zurücknehmen');
});
