import { LATEST_DAY } from '@valeo/finance/ledger/ledger.ts';
import { today } from '@valeo/kit/day.ts';
import { addDays } from '@valeo/kit/due-date.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok, single } from '@valeo/kit/result.ts';
import { changeRow } from '@valeo/kit/rows.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zId, zKey, zList } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import {
  bothExternal,
  documentFields,
  EXTERNAL_FAULT,
  zBusinessDay,
  zDocumentLine,
} from '../document/document.input.ts';
import { createDocuments, DOCUMENT_CODES, type DocumentKind, replaceDocument } from '../document/documents.ts';
import { zKeyed } from '../order/order.input.ts';
import { salesOrders } from '../order/order.list.ts';
import { orderKind } from '../order/order.mutations.ts';
import { quotes } from './quote.list.ts';
import { lockQuote } from './quote.queries.ts';
import { quote, quoteLine } from './quote.tables.ts';
import { QUOTE_STATES, QUOTE_STEPS, type QuoteStatus } from './quote-states.ts';

const VALID_DAYS = 30;

const zQuote = z
  .object({
    ...documentFields,
    quotedOn: zBusinessDay().nullish(),
    validUntil: zBusinessDay().nullish(),
    lines: zList(zDocumentLine, 2000),
  })
  .refine(bothExternal, EXTERNAL_FAULT)
  .superRefine((input, found) => {
    const from = input.quotedOn ?? today();
    if (!input.validUntil || input.validUntil >= from) return;
    const params = { code: 'INVALID_DATE', sentence: 'DATE_OUT_OF_RANGE', from, to: LATEST_DAY };
    found.addIssue({ code: 'custom', path: ['validUntil'], params });
  });
/** Quotes that were made elsewhere come with their state, except CONVERTED: that comes with the order. */
const zQuoteItem = zQuote.and(
  z.object({ status: z.enum(['DRAFT', 'SENT', 'ACCEPTED', 'REJECTED', 'EXPIRED']).nullish() }),
);

const quoteKind: DocumentKind<z.infer<typeof zQuote> & { status?: QuoteStatus | null }> = {
  table: quote,
  lineTable: quoteLine,
  owner: 'quoteId',
  ownerColumn: 'quote_id',
  range: 'QUOTE',
  dayOf: (input) => input.quotedOn ?? today(),
  columnsOf: (input) => ({
    status: input.status ?? 'DRAFT',
    quotedOn: input.quotedOn ?? today(),
    validUntil: input.validUntil ?? addDays(input.quotedOn ?? today(), VALID_DAYS),
  }),
};

export const createQuote = defineMutation({
  name: 'createQuote',
  description: 'Creates a draft of a quote. Prices and VAT codes that are not given come from the articles.',
  permission: 'sales:write',
  input: zQuote.and(zKeyed),
  errors: DOCUMENT_CODES,
  payload: { quote: quotes },
  async run(tx, input) {
    const made = single(await createDocuments(tx, quoteKind, [input]));
    return made.ok ? ok({ quote: made.value }) : made;
  },
});

export const createQuotes = defineMutation({
  name: 'createQuotes',
  description: 'Creates up to 1000 quotes, all or none, each in the state given.',
  permission: 'sales:write',
  input: z.object({ items: zList(zQuoteItem, 1000), dryRun: z.boolean().nullish(), idempotencyKey: zKey() }),
  errors: DOCUMENT_CODES,
  payload: { quotes },
  bulk: 'items',
  async run(tx, input) {
    const made = await createDocuments(tx, quoteKind, input.items);
    return made.ok ? ok({ quotes: made.value }) : made;
  },
});

export const updateQuote = defineMutation({
  name: 'updateQuote',
  description:
    'Replaces a draft. When somebody else has changed it since the version given, nothing is changed and CONFLICT tells both values of each field. A quote that was sent is taken back to DRAFT first.',
  permission: 'sales:write',
  input: zQuote.and(z.object({ id: zId(), version: z.int(), idempotencyKey: zKey() })),
  errors: ['NOT_FOUND', 'NOT_EDITABLE', 'CONFLICT', ...DOCUMENT_CODES],
  payload: { quote: quotes },
  async run(tx, input) {
    const replaced = await replaceDocument(tx, quoteKind, await lockQuote(tx, input.id), input);
    return replaced.ok ? ok({ quote: replaced.value }) : replaced;
  },
});

export const setQuoteStatus = defineMutation({
  name: 'setQuoteStatus',
  description:
    'Takes a quote to its next state: DRAFT to SENT; SENT to ACCEPTED, REJECTED, EXPIRED or back to DRAFT; ACCEPTED to REJECTED; REJECTED and EXPIRED back to DRAFT.',
  permission: 'sales:write',
  input: z.object({ id: zId(), status: z.enum(QUOTE_STATES), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'STATUS_NOT_ALLOWED'],
  payload: { quote: quotes },
  async run(tx, input) {
    const found = await lockQuote(tx, input.id);
    if (!found) return fail('NOT_FOUND');
    if (!QUOTE_STEPS[found.status].includes(input.status))
      return fail('STATUS_NOT_ALLOWED', { params: { from: found.status, to: input.status } });
    await changeRow(tx, quote, found.id, { status: input.status });
    return ok({ quote: found.id });
  },
});

export const convertQuote = defineMutation({
  name: 'convertQuote',
  description: 'Makes the draft of an order from a quote that was sent or accepted, with its prices and texts.',
  permission: 'sales:write',
  input: z.object({ id: zId(), orderedOn: zBusinessDay().nullish(), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'STATUS_NOT_ALLOWED', ...DOCUMENT_CODES],
  payload: { quote: quotes, salesOrder: salesOrders },
  async run(tx, input) {
    const found = await lockQuote(tx, input.id);
    if (!found) return fail('NOT_FOUND');
    if (found.status !== 'SENT' && found.status !== 'ACCEPTED')
      return fail('STATUS_NOT_ALLOWED', { params: { from: found.status, to: 'CONVERTED' } });
    const { customerId, country, note, reference } = found;
    const order = { customerId, country, note, reference, quoteId: found.id, orderedOn: input.orderedOn };
    const made = await createDocuments(
      tx,
      orderKind(),
      [{ ...order, lines: await copiedLines(tx, found.id) }],
      () => '',
    );
    if (!made.ok) return made;
    const [orderId = ''] = made.value;
    await changeRow(tx, quote, found.id, { status: 'CONVERTED', orderId });
    return ok({ quote: found.id, salesOrder: orderId });
  },
});

const copiedLines = (tx: Tx, quoteId: string) =>
  tx.query<{ articleId: string; description: string; quantity: string; unitPrice: string; taxCode: string }>(
    `SELECT article_id AS "articleId", description, quantity, unit_price AS "unitPrice", tax_code AS "taxCode"
     FROM sales.quote_line WHERE quote_id = $1 ORDER BY position`,
    [quoteId],
    'lines_of_quote',
  );
