import { expect, test } from 'vitest';
import type { InvoiceLink, SalesChain } from '#graphql/_generated/operations.ts';
import { formats } from '#i18n/format.ts';
import { de } from '#i18n/messages.de.ts';
import { translator } from '#i18n/translate.ts';
import { purchaseChain, salesChain } from './chain.ts';

const words = { t: translator('de', de), format: formats('de') };
const euros = words.format.money('119.00');
const paid = {
  id: 'p1',
  receivedOn: '2011-12-20',
  account: '1200',
  amount: { amount: '119.00' },
  discount: { amount: '0.00' },
  journalEntry: { id: 'e1' },
  cancelledOn: null,
  cancelReason: null,
  cancelEntry: null,
};
const head = { kind: 'INVOICE', status: 'POSTED', paymentStatus: 'PAID', issuedOn: '2011-12-09' } as const;
const credit = { ...head, id: 'c1', number: 'GU-1', kind: 'CREDIT_NOTE' } as const;
const invoice: InvoiceLink = {
  ...head,
  id: 'i1',
  number: 'RE-1',
  status: 'CANCELLED',
  cancelledBy: credit,
  payments: [paid],
};
const order: SalesChain = {
  id: 'o1',
  number: 'AU-1',
  status: 'CONFIRMED',
  orderedOn: '2011-12-01',
  quote: { id: 'q1', number: 'AN-1', status: 'CONVERTED', quotedOn: '2011-11-20' },
  deliveries: [{ id: 'd1', number: 'LI-1', status: 'SHIPPED', deliverOn: '2011-12-05' }],
  invoices: [invoice, { ...credit, cancelledBy: null, payments: [] }],
};
const shown = (found: ReturnType<typeof salesChain>) =>
  found.map(({ label, text, state }) => [label, text, state?.label].filter(Boolean).join(' '));

test('all documents of a sale stand in the order of the trade, whichever of them is open', () => {
  const all = [
    'Angebot AN-1 Beauftragt',
    'Auftrag AU-1 Bestätigt',
    'Lieferung LI-1 Versandt',
    'Rechnung RE-1 Storniert',
    'Gutschrift GU-1',
    `Zahlung ${euros}`,
  ];
  expect(shown(salesChain({ order }, words))).toEqual(all);
  expect(shown(salesChain({ quote: order.quote, order }, words))).toEqual(all);
  expect(shown(salesChain({ order, deliveries: order.deliveries, invoices: [invoice] }, words))).toEqual(all);
});

test('what came without an order stands alone, and a payment leads to its entry when accounting answers', () => {
  const alone = { ...invoice, cancelledBy: null, payments: [{ ...paid, journalEntry: null }] };
  expect(salesChain({ invoices: [alone] }, words).map(({ text, href }) => [text, href])).toEqual([
    ['RE-1', '/sales/invoices/i1'],
    [euros, null],
  ]);
});

test('a payment that was taken back is marked as such', () => {
  const payments = [{ ...paid, cancelledOn: '2011-12-22', cancelReason: 'Doppelt', cancelEntry: { id: 'e2' } }];
  expect(shown(salesChain({ invoices: [{ ...invoice, cancelledBy: null, payments }] }, words)).at(-1)).toBe(
    `Zahlung ${euros} Zurückgenommen`,
  );
});

test('a purchase ends with its payments, and a cancelled bill is followed by what reverses it', () => {
  const bill = {
    id: 'b1',
    kind: 'INVOICE',
    number: 'ER-1',
    status: 'CANCELLED',
    issuedOn: '2011-12-10',
    cancelEntry: { id: 'e2', number: 'JB-2', postedOn: '2011-12-12' },
    payments: [],
  } as const;
  const receipts = [{ id: 'r1', number: 'WE-1', status: 'POSTED', receivedOn: '2011-12-06' }] as const;
  const bought = {
    id: 'k1',
    number: 'BE-1',
    status: 'SENT',
    orderedOn: '2011-12-01',
    receipts,
    invoices: [bill],
  } as const;
  const all = [
    'Bestellung BE-1 Versandt',
    'Wareneingang WE-1 Gebucht',
    'Eingangsrechnung ER-1 Storniert',
    'Storno JB-2',
  ];
  expect(shown(purchaseChain({ order: bought, bills: [bill] }, words))).toEqual(all);
  expect(shown(purchaseChain({ receipts }, words))).toEqual(['Wareneingang WE-1 Gebucht']);
});
