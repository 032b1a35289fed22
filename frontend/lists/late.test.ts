// @vitest-environment node
import { expect, test } from 'vitest';
import { formats } from '#i18n/format.ts';
import { de } from '#i18n/messages.de.ts';
import { translator } from '#i18n/translate.ts';
import { cellOf } from '#ui/DataTable/cell.tsx';
import type { ListDefinition } from '#ui/DataTable/definition.ts';
import { activityList } from '../app/(app)/crm/activities/list.ts';
import { openItemList } from '../app/(app)/finance/open-items/list.ts';
import { supplierInvoiceList } from '../app/(app)/purchasing/invoices/list.ts';
import { invoiceList } from '../app/(app)/sales/invoices/list.ts';

const t = translator('de', de);
const words = { format: formats('de'), yes: 'ja', no: 'nein' };
const [past, future] = ['2011-12-09', '2999-01-01'];

/** The state that a list shows of a row. */
function state(list: ListDefinition, row: object) {
  const column = list.columns.find(({ card }) => card === 'state');
  const { text, look } = cellOf(column as never, { id: '1', ...row }, words, null);
  return look.includes('mark--over') ? `! ${text}` : text;
}

test('what is late is told by a word and a sign of its own, whichever list it is in', () => {
  const invoice = { status: 'POSTED', kind: 'INVOICE', paymentStatus: 'PARTIAL' };
  expect(state(invoiceList(t), { ...invoice, dueOn: past })).toBe('! Überfällig');
  expect(state(invoiceList(t), { ...invoice, dueOn: future })).toBe('Teilbezahlt');
  expect(state(invoiceList(t), { ...invoice, paymentStatus: 'PAID', dueOn: past })).toBe('Bezahlt');
  expect(state(supplierInvoiceList(t), { status: 'POSTED', kind: 'INVOICE', dueOn: past })).toBe('! Überfällig');
  expect(state(supplierInvoiceList(t), { status: 'POSTED', kind: 'INVOICE', dueOn: future })).toBe('Gebucht');
  expect(state(supplierInvoiceList(t), { status: 'CHECKED', dueOn: past })).toBe('Geprüft');
  const creditNote = { status: 'POSTED', kind: 'CREDIT_NOTE', dueOn: past };
  expect(state(supplierInvoiceList(t), creditNote)).toBe('Gutschrift');
  expect(state(openItemList(t), { status: 'OPEN', dueOn: past })).toBe('! Überfällig');
  expect(state(openItemList(t), { status: 'CLEARED', dueOn: past })).toBe('Ausgeglichen');
  expect(state(activityList(t), { status: 'OPEN', dueOn: past })).toBe('! Überfällig');
  expect(state(activityList(t), { status: 'OPEN', dueOn: null })).toBe('Offen');
  expect(state(activityList(t), { status: 'DONE', dueOn: past })).toBe('Erledigt');
});

test('the day stands behind the state, which lends it its colour', () => {
  for (const list of [invoiceList(t), supplierInvoiceList(t), openItemList(t), activityList(t)]) {
    const at = (found: string | undefined) => list.columns.findIndex(({ key }) => key === found);
    expect(at('dueOn'), list.connection).toBeGreaterThan(at(list.columns.find(({ card }) => card === 'state')?.key));
    expect(list.columns.find(({ card }) => card === 'state')?.choices, list.connection).not.toContain('OVERDUE');
  }
});
