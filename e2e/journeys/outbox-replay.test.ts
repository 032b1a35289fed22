import { randomUUID } from 'node:crypto';
import type { Send } from '@valeo/frontend/offline/replay.ts';
import { outcome } from '@valeo/frontend/offline/send.ts';
import type { Write } from '@valeo/frontend/offline/write.ts';
import { diskOutbox, replayUnreliably, seeded } from '@valeo/frontend/testing/unreliable.ts';
import { expect, test } from 'vitest';
import { origin, ownCompany } from '../graph.ts';

// Every schedule loses, delays, doubles and reorders deliveries and crashes in between; the graph is the real one.
const schedules = process.env.TEST_LONG ? 1000 : 40;

const error = 'error { code message fields { path message } }';
const texts: Record<string, string> = {
  createBusinessPartner: `mutation ($input: CreateBusinessPartnerInput!) { createBusinessPartner(input: $input) { businessPartner { id } ${error} } }`,
  createArticle: `mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } ${error} } }`,
  attachFile: `mutation ($input: AttachFileInput!) { attachFile(input: $input) { attachment { id } ${error} } }`,
  createSalesInvoice: `mutation ($input: CreateSalesInvoiceInput!) { createSalesInvoice(input: $input) { salesInvoice { id } ${error} } }`,
};

test(`${schedules} schedules over a bad network: the graph does every write exactly once`, async () => {
  const { graph, token } = await ownCompany();
  let random = seeded(0);
  const deliver: Send = async (write, input) => {
    let fileId: string | undefined;
    if (write.file) {
      const request = {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': write.id },
        body: write.file,
      };
      const stored = await fetch(`${origin()}/files`, request);
      fileId = ((await stored.json()) as { id: string }).id;
      // The connection breaks between the file and what it belongs to.
      if (random() < 0.2) return { later: 'OFFLINE' };
    }
    const variables = { input: { ...(input as object), ...(fileId && { fileId }), idempotencyKey: write.id } };
    const answer = await graph.send(texts[write.mutation] as string, variables);
    return outcome({ data: answer.data, errors: answer.errors }, write.mutation, write.object, answer.status);
  };
  for (let seed = 1; seed <= schedules; seed += 1) {
    const [partner, article, first] = [`local:${randomUUID()}`, `local:${randomUUID()}`, `local:${randomUUID()}`];
    random = seeded(-seed);
    const file = new Blob([`%PDF-1.7 ${seed}`]);
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
      made(3, 'createSalesInvoice', 'salesInvoice', first, invoice),
      made(4, 'createSalesInvoice', 'salesInvoice', `local:${randomUUID()}`, invoice),
      attached(5, file, { recordType: 'SALES_INVOICE', recordId: first, fileName: 'Beleg.pdf' }),
      attached(6, file, { recordType: 'BUSINESS_PARTNER', recordId: partner, fileName: 'Vertrag.pdf' }),
    ];
    const { disk, outbox } = diskOutbox(work);
    await replayUnreliably(outbox, deliver, seeded(seed));
    expect(
      [...disk.writes.values()].map((write) => write.fault),
      `seed ${seed}`,
    ).toEqual([]);
  }
  const counts = await graph.ask(
    '{ businessPartners { totalCount } articles { totalCount } salesInvoices { totalCount edges { node { customerName lines { sku } attachments { totalCount } } } } attachments { totalCount } }',
  );
  expect(counts.businessPartners.totalCount).toBe(schedules);
  expect(counts.articles.totalCount).toBe(schedules);
  expect(counts.salesInvoices.totalCount).toBe(2 * schedules);
  for (const { node } of counts.salesInvoices.edges) {
    expect(node.lines).toEqual([{ sku: `S-${node.customerName.replace('Partner ', '')}` }]);
  }
  expect(counts.attachments.totalCount).toBe(2 * schedules);
  const perInvoice = counts.salesInvoices.edges.map(({ node }: Attached) => node.attachments.totalCount);
  expect(perInvoice.filter((count: number) => count > 1)).toEqual([]);
});

interface Attached {
  readonly node: { readonly attachments: { readonly totalCount: number } };
}

const attached = (order: number, file: Blob, input: Write['input']): Write => ({
  ...made(order, 'attachFile', 'attachment', null, input),
  file,
});

function made(order: number, mutation: string, object: string, makes: string | null, input: Write['input']): Write {
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
