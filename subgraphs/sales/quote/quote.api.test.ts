import { describe, expect, test } from 'vitest';
import { selling } from '../testing/selling.ts';

const { one, ask, run, read, customer, heart, lines } = await selling();

describe('quote', () => {
  const draft = async (more: object = {}) =>
    (
      await run('createQuote', 'quote', {
        customerId: customer,
        quotedOn: '2024-02-01',
        lines: [{ articleId: heart, quantity: '5', unitPrice: '2.00' }],
        ...more,
      })
    ).quote;
  const step = (id: string, status: string) => run('setQuoteStatus', 'quote', { id, status });

  test('goes from draft over sent and accepted to an order with its prices', async () => {
    const made = await draft();
    expect(made).toMatchObject({
      number: expect.stringMatching(/^AN-2024-/),
      status: 'DRAFT',
      validUntil: '2024-03-02',
      gross: { amount: '11.90' },
    });
    expect((await step(made.id, 'ACCEPTED')).error.code).toBe('STATUS_NOT_ALLOWED');
    expect((await run('convertQuote', 'quote', { id: made.id })).error.code).toBe('STATUS_NOT_ALLOWED');
    await step(made.id, 'SENT');
    expect((await step(made.id, 'ACCEPTED')).quote.status).toBe('ACCEPTED');
    const { quote } = await run('convertQuote', 'quote', { id: made.id, idempotencyKey: 'c1' });
    expect(quote.status).toBe('CONVERTED');
    expect(await read('salesOrder', quote.order.id)).toMatchObject({
      status: 'DRAFT',
      quote: { id: quote.id },
      lines: [{ unitPrice: '2.00', quantity: '5' }],
    });
    expect((await run('convertQuote', 'quote', { id: made.id, idempotencyKey: 'c1' })).quote.order.id).toBe(
      quote.order.id,
    );
  });
  test('only a draft changes, and only in its latest version', async () => {
    const { id } = await draft();
    const wanted = { id, customerId: customer, lines: [{ articleId: heart, quantity: '1' }] };
    expect((await run('updateQuote', 'quote', { ...wanted, version: 1 })).quote.version).toBe(2);
    expect((await run('updateQuote', 'quote', { ...wanted, version: 1 })).error.code).toBe('CONFLICT');
    await step(id, 'SENT');
    expect((await run('updateQuote', 'quote', { ...wanted, version: 3 })).error.code).toBe('NOT_EDITABLE');
  });
  test('quotes that come from elsewhere keep their state; CONVERTED is not one of them', async () => {
    const bulk = async (status: string) =>
      (
        await ask(
          one,
          'mutation ($input: CreateQuotesInput!) { createQuotes(input: $input) { quotes { status } errors { path code } } }',
          {
            input: { items: [{ customerId: customer, status, lines: lines() }] },
          },
        )
      ).createQuotes;
    expect(await bulk('REJECTED')).toEqual({ quotes: [{ status: 'REJECTED' }], errors: [] });
    expect((await bulk('CONVERTED')).errors).toMatchObject([{ path: 'status', code: 'INVALID_VALUE' }]);
  });
});
