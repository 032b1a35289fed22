import { conflict } from '@valeo/kit/conflict.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type Failure, fail, ok, single } from '@valeo/kit/result.ts';
import { zId, zKey, zList } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { refreshChain } from '../document/refresh-chain.ts';
import { DRAFT_CODES, draftInvoices, headOf, insertLines, linksOf, prepareInvoices } from './draft-invoices.ts';
import { chainOf } from './invoice.chain.ts';
import { zInvoice } from './invoice.input.ts';
import { salesInvoices } from './invoice.list.ts';
import { lockInvoice } from './invoice.queries.ts';
import { postInvoices } from './post-invoices.ts';

const POST_CODES = [
  'NOT_FOUND',
  'NOT_DRAFT',
  'UNKNOWN_DELIVERY',
  'UNKNOWN_INVOICE',
  'PERIOD_CLOSED',
  'DATE_OUT_OF_RANGE',
  'ACCOUNT_INACTIVE',
  'UNKNOWN_ACCOUNT',
] as const;

export const createSalesInvoice = defineMutation({
  name: 'createSalesInvoice',
  description:
    'Creates a draft of an invoice or credit note. Prices and VAT codes that are not given come from the articles.',
  permission: 'sales:write',
  input: zInvoice.and(z.object({ idempotencyKey: zKey() })),
  errors: DRAFT_CODES,
  payload: { salesInvoice: salesInvoices },
  async run(tx, input) {
    const created = single(await draftInvoices(tx, [input]));
    return created.ok ? ok({ salesInvoice: created.value }) : created;
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
  errors: [...DRAFT_CODES, 'PERIOD_CLOSED', 'DATE_OUT_OF_RANGE', 'ACCOUNT_INACTIVE', 'UNKNOWN_ACCOUNT'],
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
  errors: POST_CODES,
  payload: { salesInvoice: salesInvoices },
  async run(tx, input) {
    const posted = await postInvoices(tx, [input.id], () => '');
    if (posted.ok) return ok({ salesInvoice: input.id });
    return posted as Failure<(typeof POST_CODES)[number]>;
  },
});
