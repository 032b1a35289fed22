import type { Translate } from '#i18n/translate.ts';
import { columnsIn, valuesOf } from '#lists/columns.ts';
import type { ListDefinition } from '#ui/DataTable/definition.ts';

/** A list of a million rows and thirty columns that needs no graph: for looking at the table, and for measuring it. */
export function millionRows(t: Translate): ListDefinition {
  const column = columnsIn(t);
  const payment = valuesOf(t, 'PaymentStatus', { OPEN: 'open', PARTIAL: 'part', PAID: 'paid', OVERDUE: 'over' });
  return {
    connection: 'sample',
    operation: { id: '', name: '' },
    label: t('guide.million'),
    href: '/styleguide/list?row={id}',
    search: [],
    defaultSort: null,
    pinned: 1,
    columns: [
      column('link', 'number', { width: 140, card: 'sub' }),
      column('code', 'externalNumber', { width: 96, look: 'muted' }),
      column('date', 'issuedOn', { card: 'note' }),
      column('text', 'customerName', { width: 220, countryPath: 'country', card: 'title' }),
      column('status', 'paymentStatus', { width: 124, values: payment, card: 'state' }),
      column('date', 'dueOn'),
      column('amount', 'net'),
      column('amount', 'tax', { look: 'muted' }),
      column('amount', 'gross', { look: 'medium', card: 'end' }),
      column('amount', 'openAmount'),
      column('country', 'country'),
      column('text', 'city', { width: 140 }),
      column('date', 'suppliedOn'),
      column('text', 'reference', { width: 140, look: 'muted' }),
      column('code', 'sku', { width: 110 }),
      column('text', 'articleName', { width: 240 }),
      column('text', 'category', { width: 150 }),
      column('quantity', 'quantity', { width: 100 }),
      column('code', 'unit', { width: 84 }),
      column('amount', 'price', { path: 'price' }),
      column('code', 'taxCode', { label: 'defaultTaxCode', width: 84 }),
      column('quantity', 'onHand', { width: 100 }),
      column('quantity', 'reorderPoint', { width: 110 }),
      column('yesNo', 'active'),
      column('text', 'email', { width: 220 }),
      column('text', 'phone', { width: 150 }),
      column('code', 'vatId', { width: 130 }),
      column('quantity', 'paymentTermDays', { width: 110 }),
      column('amount', 'creditLimit'),
      column('dateTime', 'createdAt'),
    ],
    empty: { title: '', text: '' },
  };
}
