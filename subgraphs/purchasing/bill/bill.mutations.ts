import { LATEST_DAY } from '@valeo/finance/ledger/ledger.ts';
import { conflict } from '@valeo/kit/conflict.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, failField, ok, single } from '@valeo/kit/result.ts';
import { changeRow, insertRows } from '@valeo/kit/rows.ts';
import { zId, zKey, zList, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { zBusinessDay, zById, zKeyed, zVersioned } from '../document.input.ts';
import { refreshOrders } from '../order/refresh-orders.ts';
import { supplierInvoices } from './bill.list.ts';
import { supplierInvoice, supplierInvoiceLine } from './bill.tables.ts';
import { BILL_CODES, createBills, prepareBills, zSupplierInvoice } from './create-bills.ts';
import type { Difference } from './match-bill.ts';
import { BOOK_CODES, lockBills, postBills } from './post-bills.ts';

const isObstacle = (difference: Difference) => !difference.tolerated;

export const createSupplierInvoice = defineMutation({
  name: 'createSupplierInvoice',
  description:
    'Records a bill of a supplier, or a credit note, and compares it with its order and what was received; differences are told in the bill.',
  permission: 'purchasing:write',
  input: zSupplierInvoice.and(zKeyed),
  errors: BILL_CODES,
  payload: { supplierInvoice: supplierInvoices },
  async run(tx, input) {
    const made = single(await createBills(tx, [input]));
    return made.ok ? ok({ supplierInvoice: made.value }) : made;
  },
});

export const createSupplierInvoices = defineMutation({
  name: 'createSupplierInvoices',
  description:
    'Records up to 1000 bills, all or none, and posts them when asked to: then none may have differences beyond tolerance.',
  permission: 'purchasing:write',
  input: z.object({
    items: zList(zSupplierInvoice, 1000),
    post: z.boolean().nullish(),
    dryRun: z.boolean().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: [...BILL_CODES, 'DIFFERENCES_FOUND', ...BOOK_CODES],
  payload: { supplierInvoices },
  bulk: 'items',
  async run(tx, input, ctx) {
    if (input.post) ctx.require('purchasing:post');
    const made = await createBills(tx, input.items);
    if (!made.ok || !input.post) return made.ok ? ok({ supplierInvoices: made.value }) : made;
    const locked = await lockBills(tx, made.value);
    const bills = made.value.flatMap((id) => locked.get(id) ?? []);
    const faults = bills.flatMap((bill, index): FieldFault[] =>
      bill.differences.some(isObstacle)
        ? [{ path: `items.${index}`, code: 'DIFFERENCES_FOUND', params: { number: bill.supplierNumber } }]
        : [],
    );
    if (faults.length > 0) return fail('DIFFERENCES_FOUND', { fields: faults });
    const posted = await postBills(tx, bills, (index) => `items.${index}.`);
    return posted.ok ? ok({ supplierInvoices: posted.value }) : posted;
  },
});

export const updateSupplierInvoice = defineMutation({
  name: 'updateSupplierInvoice',
  description:
    'Replaces a bill that is not checked yet and compares it anew. When somebody else has changed it since the version given, nothing is changed and CONFLICT tells both values of each field.',
  permission: 'purchasing:write',
  input: zSupplierInvoice.and(zVersioned),
  errors: ['NOT_FOUND', 'NOT_EDITABLE', 'CONFLICT', ...BILL_CODES],
  payload: { supplierInvoice: supplierInvoices },
  async run(tx, input) {
    const before = (await lockBills(tx, [input.id])).get(input.id);
    if (!before) return fail('NOT_FOUND');
    if (before.version !== input.version) return conflict(input, before);
    if (before.status !== 'RECEIVED') return fail('NOT_EDITABLE', { params: { number: before.number } });
    const prepared = await prepareBills(tx, [{ ...input, kind: before.kind }], () => '', before.id);
    if (!prepared.ok) return prepared;
    const [bill] = prepared.value;
    if (!bill) return fail('NOT_FOUND');
    await tx.query('DELETE FROM purchasing.supplier_invoice_line WHERE invoice_id = $1', [before.id]);
    await changeRow(tx, supplierInvoice, before.id, bill.head);
    await insertRows(
      tx,
      supplierInvoiceLine,
      bill.lines.map((line) => ({ ...line, invoiceId: before.id })),
    );
    await refreshOrders(
      tx,
      [before.orderId, input.orderId].flatMap((id) => id ?? []),
    );
    return ok({ supplierInvoice: before.id });
  },
});

export const checkSupplierInvoice = defineMutation({
  name: 'checkSupplierInvoice',
  description: 'Marks a bill as checked. Differences beyond tolerance must be accepted with a note.',
  permission: 'purchasing:write',
  input: z.object({ id: zId(), acceptedBecause: zText(500).nullish(), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'STATUS_NOT_ALLOWED', 'DIFFERENCES_FOUND'],
  payload: { supplierInvoice: supplierInvoices },
  async run(tx, input) {
    const bill = (await lockBills(tx, [input.id])).get(input.id);
    if (!bill) return fail('NOT_FOUND');
    if (bill.status !== 'RECEIVED') return fail('STATUS_NOT_ALLOWED', { params: { from: bill.status, to: 'CHECKED' } });
    if (bill.differences.some(isObstacle) && !input.acceptedBecause)
      return fail('DIFFERENCES_FOUND', { params: { number: bill.supplierNumber } });
    await changeRow(tx, supplierInvoice, bill.id, {
      status: 'CHECKED',
      checkNote: input.acceptedBecause ?? null,
      checkedBy: tx.session.userId,
    });
    return ok({ supplierInvoice: bill.id });
  },
});

export const postSupplierInvoice = defineMutation({
  name: 'postSupplierInvoice',
  description:
    'Posts a checked bill: cost and input tax against the supplier, and an open item until it is paid; a credit note the other way round, which corrects the input tax. A bill that came after its month was closed is posted on a later day; its VAT rate stays that of the supply.',
  permission: 'purchasing:post',
  input: zById.extend({ postedOn: zBusinessDay().nullish() }),
  errors: ['NOT_FOUND', 'STATUS_NOT_ALLOWED', 'UNKNOWN_INVOICE', ...BOOK_CODES],
  payload: { supplierInvoice: supplierInvoices },
  async run(tx, input) {
    const bill = (await lockBills(tx, [input.id])).get(input.id);
    if (!bill) return fail('NOT_FOUND');
    if (bill.status !== 'CHECKED') return fail('STATUS_NOT_ALLOWED', { params: { from: bill.status, to: 'POSTED' } });
    const day = input.postedOn ?? bill.issuedOn;
    if (day < bill.issuedOn) return failField('DATE_OUT_OF_RANGE', 'postedOn', { from: bill.issuedOn, to: LATEST_DAY });
    const posted = await postBills(tx, [bill], () => '', input.postedOn ?? null);
    return posted.ok ? ok({ supplierInvoice: bill.id }) : posted;
  },
});
