import { randomUUID } from 'node:crypto';
import type { Send } from '@valeo/frontend/offline/replay.ts';
import { outcome } from '@valeo/frontend/offline/send.ts';
import type { Write } from '@valeo/frontend/offline/write.ts';
import { diskOutbox, replayUnreliably, seeded } from '@valeo/frontend/testing/unreliable.ts';
import { expect, test } from 'vitest';
import { ownCompany } from '../graph.ts';

// Every schedule loses, delays, doubles and reorders deliveries and crashes in between; the graph is the real one.
const schedules = process.env.TEST_LONG ? 1000 : 40;

const error = 'error { code message fields { path message } }';
const texts: Record<string, string> = {
  createBusinessPartner: `mutation ($input: CreateBusinessPartnerInput!) { createBusinessPartner(input: $input) { businessPartner { id } ${error} } }`,
  createArticle: `mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } ${error} } }`,
  createSalesInvoice: `mutation ($input: CreateSalesInvoiceInput!) { createSalesInvoice(input: $input) { salesInvoice { id } ${error} } }`,
};

test(`${schedules} schedules over a bad network: the graph does every write exactly once`, async () => {
  const { graph } = await ownCompany();
  const deliver: Send = async (write, input) => {
    const variables = { input: { ...(input as object), idempotencyKey: write.id } };
    const answer = await graph.send(texts[write.mutation] as string, variables);
    return outcome({ data: answer.data, errors: answer.errors }, write.mutation, write.object, answer.status);
  };
  for (let seed = 1; seed <= schedules; seed += 1) {
    const [partner, article] = [`local:${randomUUID()}`, `local:${randomUUID()}`];
    const line = { articleId: article, quantity: '2', unitPrice: '1.50', taxCode: 'U19' };
    const invoice = { customerId: partner, suppliedOn: '2011-12-01', lines: [line] };
    const work = [
      made(1, 'createBusinessPartner', 'businessPartner', partner, {
        name: `Partner ${seed}`,
        kinds: ['CUSTOMER'],
        country: 'DE',
      }),
      made(2, 'createArticle', 'article', article, {
        sku: `S-${seed}`,
        name: `Artikel ${seed}`,
        unit: 'C62',
        price: '1.50',
        taxCode: 'U19',
      }),
      made(3, 'createSalesInvoice', 'salesInvoice', `local:${randomUUID()}`, invoice),
      made(4, 'createSalesInvoice', 'salesInvoice', `local:${randomUUID()}`, invoice),
    ];
    const { disk, outbox } = diskOutbox(work);
    await replayUnreliably(outbox, deliver, seeded(seed));
    expect(
      [...disk.writes.values()].map((write) => write.fault),
      `seed ${seed}`,
    ).toEqual([]);
  }
  const counts = await graph.ask(
    '{ businessPartners { totalCount } articles { totalCount } salesInvoices { totalCount edges { node { customerName lines { sku } } } } }',
  );
  expect(counts.businessPartners.totalCount).toBe(schedules);
  expect(counts.articles.totalCount).toBe(schedules);
  expect(counts.salesInvoices.totalCount).toBe(2 * schedules);
  for (const { node } of counts.salesInvoices.edges) {
    expect(node.lines).toEqual([{ sku: `S-${node.customerName.replace('Partner ', '')}` }]);
  }
});

function made(order: number, mutation: string, object: string, makes: string, input: Write['input']): Write {
  return {
    id: randomUUID(),
    owner: 'c.u',
    order,
    operation: { id: '', name: mutation },
    mutation,
    object,
    input,
    makes,
    state: 'waiting',
    sent: false,
    fault: null,
    madeAt: '2011-12-01T00:00:00Z',
    form: '',
    title: '',
    href: '',
    base: null,
    values: {},
  };
}
