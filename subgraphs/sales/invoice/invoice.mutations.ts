import { conflict } from '@valeo/kit/conflict.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type Failure, fail, ok } from '@valeo/kit/result.ts';
import { zId, zKey, zList } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { refreshChain } from '../document/refresh-chain.ts';
import { DRAFT_CODES, draftInvoices, headOf, insertLines, linksOf, prepareInvoices } from './draft-invoices.ts';
import { chainOf } from './invoice.chain.ts';
import { zInvoice } from './invoice.input.ts';
import { salesInvoices } from './invoice.list.ts';
import { lockInvoice } from './invoice.queries.ts';
import { postInvoices } from './post-invoices.ts';

/** Paths of a bulk of one, as the single mutation's caller knows them. */
const unindexed = <Code extends string>(failure: Failure<Code>): Failure<Code> => ({
  ...failure,
  fields: failure.fields.map((fault) => ({ ...fault, path: fault.path.replace(/^items\.0\./, '') })),
});

export const createSalesInvoice = defineMutation({
  name: 'createSalesInvoice',
  description:
    'Creates a draft of an invoice or credit note. Prices and VAT codes that are not given come from the articles.',
  permission: 'sales:write',
  input: zInvoice.and(z.object({ idempotencyKey: zKey() })),
  errors: DRAFT_CODES,
  payload: { salesInvoice: salesInvoices },
  async run(tx, input) {
    const created = await draftInvoices(tx, [input]);
    return created.ok ? ok({ salesInvoice: created.value[0] ?? '' }) : unindexed(created);
  },
});

export const createSalesInvoices = defineMutation({
  name: 'createSalesInvoices',
  description:
    'Creates up to 1000 invoices or credit notes, all or none, and posts them in the order given when asked to.',
  permission: 'sales:write',
  input: z.object({
    items: zList(zInvoice, 1000),
    post: z.boolean().nullish(),
    dryRun: z.boolean().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: [...DRAFT_CODES, 'PERIOD_CLOSED', 'DATE_OUT_OF_RANGE'],
  payload: { salesInvoices },
  bulk: 'items',
  async run(tx, input, ctx) {
    if (input.post) ctx.require('sales:post');
    const created = await draftInvoices(tx, input.items);
    if (!created.ok) return created;
    const posted = input.post ? await postInvoices(tx, created.value) : created;
    return posted.ok ? ok({ salesInvoices: posted.value }) : fail('INVALID_INPUT', { fields: posted.fields });
  },
});

export const updateSalesInvoice = defineMutation({
  name: 'updateSalesInvoice',
  description:
    'Replaces a draft. When somebody else has changed it since the version given, nothing is changed and CONFLICT tells both values of each field.',
  permission: 'sales:write',
  input: zInvoice.and(z.object({ id: zId(), version: z.int(), idempotencyKey: zKey() })),
  errors: ['NOT_FOUND', 'NOT_DRAFT', 'CONFLICT', ...DRAFT_CODES],
  payload: { salesInvoice: salesInvoices },
  async run(tx, input) {
    const before = await lockInvoice(tx, input.id);
    if (!before) return fail('NOT_FOUND');
    if (before.version !== input.version) return conflict(input, before);
    if (before.status !== 'DRAFT') return fail('NOT_DRAFT', { params: { number: before.number ?? '' } });
    const prepared = await prepareInvoices(tx, [input], () => '');
    if (!prepared.ok) return prepared;
    const [invoice] = prepared.value;
    if (!invoice) return fail('NOT_FOUND');
    const replaced = { ...invoice, id: before.id };
    const links = await chainOf(tx, [before.id]);
    await tx.query('DELETE FROM sales.sales_invoice_line WHERE invoice_id = $1', [before.id]);
    await tx.query('DELETE FROM sales.sales_invoice_tax WHERE invoice_id = $1', [before.id]);
    await tx.query(
      `UPDATE sales.sales_invoice i SET kind = h.kind, customer_id = h."customerId", customer_name = h."customerName", customer_number = h."customerNumber",
         customer_vat_id = h."customerVatId", customer_address = h."customerAddress", country = h.country, issued_on = h."issuedOn",
         supplied_on = h."suppliedOn", due_on = h."dueOn", payment_term_days = h."paymentTermDays", net = h.net, tax = h.tax, gross = h.gross,
         open_amount = h.gross, line_count = h."lineCount", note = h.note, reference = h.reference, order_id = h."orderId",
         version = i.version + 1, updated_at = now()
       FROM jsonb_to_record($1) AS h (id uuid, kind text, "customerId" uuid, "customerName" text, "customerNumber" text, "customerVatId" text,
         "customerAddress" jsonb, country text, "issuedOn" date, "suppliedOn" date, "dueOn" date, "paymentTermDays" int, net numeric, tax numeric,
         gross numeric, "lineCount" int, note text, reference text, "orderId" uuid)
       WHERE i.id = h.id`,
      [JSON.stringify(headOf(replaced))],
    );
    await insertLines(tx, [replaced]);
    await refreshChain(tx, links);
    await refreshChain(tx, linksOf([replaced]));
    return ok({ salesInvoice: before.id });
  },
});

export const deleteSalesInvoice = defineMutation({
  name: 'deleteSalesInvoice',
  description: 'Deletes a draft. A posted document can only be cancelled.',
  permission: 'sales:write',
  input: z.object({ id: zId(), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'NOT_DRAFT'],
  payload: { deletedId: 'ID' },
  async run(tx, input) {
    const invoice = await lockInvoice(tx, input.id);
    if (!invoice) return fail('NOT_FOUND');
    if (invoice.status !== 'DRAFT') return fail('NOT_DRAFT', { params: { number: invoice.number ?? '' } });
    const links = await chainOf(tx, [invoice.id]);
    await tx.query('DELETE FROM sales.sales_invoice WHERE id = $1', [invoice.id]);
    await refreshChain(tx, links);
    return ok({ deletedId: invoice.id });
  },
});

export const postSalesInvoice = defineMutation({
  name: 'postSalesInvoice',
  description:
    'Posts a draft: it gets its number, its journal entry, its open item and moves its stock, all at once or not at all. It cannot be changed afterwards.',
  permission: 'sales:post',
  input: z.object({ id: zId(), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'NOT_DRAFT', 'PERIOD_CLOSED', 'DATE_OUT_OF_RANGE', 'ACCOUNT_INACTIVE', 'UNKNOWN_ACCOUNT'],
  payload: { salesInvoice: salesInvoices },
  async run(tx, input) {
    const posted = await postInvoices(tx, [input.id], () => '');
    if (posted.ok) return ok({ salesInvoice: input.id });
    return posted as Failure<
      'NOT_FOUND' | 'NOT_DRAFT' | 'PERIOD_CLOSED' | 'DATE_OUT_OF_RANGE' | 'ACCOUNT_INACTIVE' | 'UNKNOWN_ACCOUNT'
    >;
  },
});
