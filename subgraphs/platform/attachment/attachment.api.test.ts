import { createServer, type Server } from 'node:http';
import { crm } from '@valeo/crm/crm.subgraph.ts';
import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import type { Caller } from '@valeo/kit/caller.ts';
import { Ctx } from '@valeo/kit/context.ts';
import type { Permission } from '@valeo/kit/permissions.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { sales } from '@valeo/sales/sales.subgraph.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileRoute } from '../file/file-route.ts';
import { platform } from '../platform.subgraph.ts';
import { isSealed } from './attachment.queries.ts';
import type { AttachmentRow } from './attachment.tables.ts';
import { dropAttachments } from './drop-attachments.ts';

const house = await twoTenants(platform, sales, finance, crm, inventory);
const { one, two, ask, answer } = house;
let caller: Caller | null = one;
let server: Server;
let origin = '';

beforeAll(async () => {
  const route = fileRoute(house.services, { companyBytes: 40_000_000 });
  server = createServer((req, res) => void route(req, res, { caller, requestId: 'request 1', locale: 'de' }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  for (const each of [one, two]) {
    await house.publish(each, 'identity.Company', each.tenantId, { chart: 'SKR03', country: 'DE' });
  }
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const upload = async (content: string | Uint8Array<ArrayBuffer>, name: string, as = one, key?: string) => {
  caller = as;
  const headers: Record<string, string> = key ? { 'idempotency-key': key } : {};
  const response = await fetch(`${origin}/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    body: content,
    headers,
  });
  const body = (await response.json()) as { id: string; errors?: { extensions: { code: string } }[] };
  return { status: response.status, id: body.id, code: body.errors?.[0]?.extensions.code };
};
const download = async (path: string, as: Caller | null, headers: Record<string, string> = {}) => {
  caller = as;
  return fetch(origin + path, { headers });
};

const ATTACH = `mutation ($input: AttachFileInput!) { attachFile(input: $input) {
  attachment { id recordType recordId fileName mediaType sizeBytes sha256 fileId url sealed createdBy { id } version }
  error { code message fields { path code } } } }`;
const attach = async (input: object, as = one) => (await ask(as, ATTACH, { input })).attachFile;
const remove = async (id: string, as = one) =>
  (
    await ask(
      as,
      'mutation ($input: RemoveAttachmentInput!) { removeAttachment(input: $input) { removedId error { code message } } }',
      { input: { id } },
    )
  ).removeAttachment;
const PDF = '%PDF-1.7\n1 0 obj\n';

const partner = async (as = one) =>
  (
    await ask(
      as,
      `mutation { createBusinessPartner(input: { name: "Elbe GmbH", kinds: [CUSTOMER], country: "DE" }) { businessPartner { id } } }`,
    )
  ).createBusinessPartner.businessPartner.id as string;
const draft = async (): Promise<string> => {
  const customerId = await partner();
  const { createArticle } = await ask(
    one,
    `mutation ($sku: String!) { createArticle(input: { sku: $sku, name: "Kalender", unit: "C62", price: "9.50", taxCode: "U19" }) { article { id } error { message } } }`,
    { sku: `K-${Math.random()}` },
  );
  const { createSalesInvoice } = await ask(
    one,
    'mutation ($input: CreateSalesInvoiceInput!) { createSalesInvoice(input: $input) { salesInvoice { id } error { message } } }',
    {
      input: {
        customerId,
        suppliedOn: '2026-01-10',
        lines: [{ articleId: createArticle.article.id, quantity: '2', unitPrice: '9.50', taxCode: 'U19' }],
      },
    },
  );
  return createSalesInvoice.salesInvoice.id;
};
const post = async (id: string) => {
  const { postSalesInvoice } = await ask(
    one,
    'mutation ($id: ID!) { postSalesInvoice(input: { id: $id }) { salesInvoice { status journalEntry { id } } error { message } } }',
    { id },
  );
  expect(postSalesInvoice.error).toBeNull();
  return postSalesInvoice.salesInvoice.journalEntry.id as string;
};
const onRecord = (type: string, id: string, as = one) =>
  answer(
    as,
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { attachments { totalCount edges { node { fileName } } } } } }`,
    { of: [{ __typename: type, id }] },
  );

test('a file is attached to a record and found there', async () => {
  const recordId = await partner();
  const file = await upload(PDF, 'Vertrag.pdf');
  const { attachment, error } = await attach({ recordType: 'BUSINESS_PARTNER', recordId, fileId: file.id });
  expect(error).toBeNull();
  expect(attachment).toMatchObject({
    recordId,
    fileName: 'Vertrag.pdf',
    mediaType: 'application/pdf',
    sizeBytes: PDF.length,
    sealed: false,
    url: `/files/${attachment.id}`,
    createdBy: { id: one.userId },
  });
  const { data } = await onRecord('BusinessPartner', recordId);
  expect(data?._entities).toEqual([{ attachments: { totalCount: 1, edges: [{ node: { fileName: 'Vertrag.pdf' } }] } }]);
});

test('a repetition attaches once, with the same key and without one', async () => {
  const recordId = await partner();
  const file = await upload(PDF, 'a.pdf');
  const input = { recordType: 'BUSINESS_PARTNER', recordId, fileId: file.id };
  const ids = [];
  for (const idempotencyKey of ['once', 'once', undefined]) {
    ids.push((await attach({ ...input, ...(idempotencyKey && { idempotencyKey }) })).attachment.id);
  }
  expect(new Set(ids).size).toBe(1);
});

describe('another company', () => {
  test('cannot attach to the record, use the file, read or remove the attachment', async () => {
    const [mine, theirs] = [await partner(), await partner(two)];
    const file = await upload(PDF, 'geheim.pdf');
    const { attachment } = await attach({ recordType: 'BUSINESS_PARTNER', recordId: mine, fileId: file.id });
    const own = await upload(PDF, 'own.pdf', two);
    expect((await attach({ recordType: 'BUSINESS_PARTNER', recordId: mine, fileId: own.id }, two)).error).toMatchObject(
      {
        code: 'NOT_FOUND',
        fields: [{ path: 'recordId', code: 'NOT_FOUND' }],
      },
    );
    expect((await attach({ recordType: 'BUSINESS_PARTNER', recordId: theirs, fileId: file.id }, two)).error.code).toBe(
      'UNKNOWN_FILE',
    );
    expect((await remove(attachment.id, two)).error.code).toBe('NOT_FOUND');
    expect(
      (await ask(two, 'query ($id: ID!) { attachment(id: $id) { id } }', { id: attachment.id })).attachment,
    ).toBeNull();
    expect((await onRecord('BusinessPartner', mine, two)).data?._entities[0].attachments.totalCount).toBe(0);
    expect((await download(attachment.url, two)).status).toBe(404);
    expect((await download(attachment.url, one)).status).toBe(200);
  });
});

describe('rights', () => {
  const only = (...permissions: Permission[]) => withPermissions(one, ...permissions);

  test('attaching and removing take the right to change the record, reading the right to read it', async () => {
    const recordId = await partner();
    const file = await upload(PDF, 'a.pdf');
    const input = { recordType: 'BUSINESS_PARTNER', recordId, fileId: file.id };
    const auditor = only('crm:read', 'platform:read');
    const stranger = only('sales:read', 'sales:write', 'platform:read', 'platform:write');
    expect((await answer(auditor, ATTACH, { input })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await answer(stranger, ATTACH, { input })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const { attachment } = await attach(input);
    const REMOVE = 'mutation ($id: ID!) { removeAttachment(input: { id: $id }) { error { code } } }';
    expect((await answer(auditor, REMOVE, attachment)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await remove(attachment.id, stranger)).error.code).toBe('NOT_FOUND');
    const listed = async (as: Caller) =>
      (
        await ask(as, 'query ($id: ID!) { attachments(filter: { recordId: { eq: $id } }) { totalCount } }', {
          id: recordId,
        })
      ).attachments.totalCount;
    expect([await listed(auditor), await listed(stranger)]).toEqual([1, 0]);
    expect((await download(attachment.url, auditor)).status).toBe(200);
    expect((await download(attachment.url, stranger)).status).toBe(404);
    expect((await download(attachment.url, null)).status).toBe(401);
    expect((await onRecord('BusinessPartner', recordId, stranger)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});

describe('what is posted keeps what belongs to it', () => {
  test('a draft gives its attachment back, a posted invoice and its entry do not, and both still take more', async () => {
    const invoice = await draft();
    const [first, second] = [await upload(PDF, 'entwurf.pdf'), await upload(`${PDF}2`, 'beleg.pdf')];
    const input = { recordType: 'SALES_INVOICE', recordId: invoice };
    const mistake = (await attach({ ...input, fileId: first.id })).attachment;
    expect(await remove(mistake.id)).toEqual({ removedId: mistake.id, error: null });
    // What was removed comes back, as undoing does.
    const again = (await attach({ ...input, fileId: first.id })).attachment;
    const entry = await post(invoice);
    const { error } = await remove(again.id);
    expect(error.code).toBe('ATTACHMENT_SEALED');
    expect((await attach({ ...input, fileId: second.id })).attachment.sealed).toBe(true);
    const onEntry = await attach({ recordType: 'JOURNAL_ENTRY', recordId: entry, fileId: second.id });
    expect(onEntry.attachment.sealed).toBe(true);
    expect((await remove(onEntry.attachment.id)).error.code).toBe('ATTACHMENT_SEALED');
  });

  test('whoever keeps the answer hears of a posting', async () => {
    const invoice = await draft();
    const ctx = new Ctx('platform', { caller: one, requestId: 'request', locale: 'en' }, house.services);
    try {
      expect(await isSealed(ctx, { recordType: 'SALES_INVOICE', recordId: invoice } as AttachmentRow)).toBe(false);
      expect(await ctx.reads()).toEqual({ from: [`sales.SalesInvoice:${invoice}`], personal: false });
    } finally {
      await ctx.close();
    }
  });

  test('the audit trail tells what was removed, by whom', async () => {
    const recordId = await partner();
    const file = await upload(PDF, 'weg.pdf');
    const { attachment } = await attach({ recordType: 'BUSINESS_PARTNER', recordId, fileId: file.id });
    await remove(attachment.id);
    expect(
      await house.sql(
        "SELECT user_id, before->>'file_name' AS name FROM kit.audit WHERE entity_id = $1 AND op = 'deleted'",
        [attachment.id],
      ),
    ).toEqual([{ user_id: one.userId, name: 'weg.pdf' }]);
  });

  test('a draft that is deleted takes its attachments along', async () => {
    const invoice = await draft();
    const file = await upload(PDF, 'a.pdf');
    const { attachment } = await attach({ recordType: 'SALES_INVOICE', recordId: invoice, fileId: file.id });
    await ask(one, 'mutation ($id: ID!) { deleteSalesInvoice(input: { id: $id }) { error { code } } }', {
      id: invoice,
    });
    const session = { domain: 'platform', tenantId: one.tenantId, userId: null, requestId: 'relay' };
    await house.services.database.transaction(session, (tx) => dropAttachments.run(tx, [invoice]));
    expect((await ask(one, 'query ($id: ID!) { attachment(id: $id) { id } }', attachment)).attachment).toBeNull();
  });
});

describe('what may be attached', () => {
  test('no programs, nothing too large, and only files and records that there are', async () => {
    const recordId = await partner();
    const input = { recordType: 'BUSINESS_PARTNER', recordId };
    const program = await upload('MZ\u0000', 'Rechnung.pdf');
    expect((await attach({ ...input, fileId: program.id })).error.code).toBe('FILE_TYPE_NOT_ALLOWED');
    const large = await upload(new Uint8Array((25 << 20) + 1), 'gross.bin');
    expect((await attach({ ...input, fileId: large.id })).error).toMatchObject({
      code: 'ATTACHMENT_TOO_LARGE',
      message: 'An attachment may have at most 25 MB.',
    });
    expect((await attach({ ...input, fileId: recordId })).error.code).toBe('UNKNOWN_FILE');
    // The record of another kind is not this one.
    const file = await upload(PDF, 'a.pdf');
    expect((await attach({ recordType: 'ARTICLE', recordId, fileId: file.id })).error.code).toBe('NOT_FOUND');
    expect((await attach({ ...input, recordId: 'nonsense', fileId: file.id })).error.code).toBe('NOT_FOUND');
  });

  test('a record has an end', async () => {
    const recordId = await partner();
    await house.sql(
      `INSERT INTO platform.attachment (id, tenant_id, record_type, record_id, file_id, file_name, media_type, size_bytes, sha256)
       SELECT gen_random_uuid(), $1, 'BUSINESS_PARTNER', $2, gen_random_uuid(), 'a', 'text/plain', 1, '' FROM generate_series(1, 200)`,
      [one.tenantId, recordId],
      one,
    );
    const file = await upload(PDF, 'a.pdf');
    expect((await attach({ recordType: 'BUSINESS_PARTNER', recordId, fileId: file.id })).error.code).toBe(
      'TOO_MANY_ATTACHMENTS',
    );
  });

  test('names lose what leads astray', async () => {
    const recordId = await partner();
    const file = await upload(PDF, '../../etc/Änderung\u202efdp.pdf');
    const { attachment } = await attach({ recordType: 'BUSINESS_PARTNER', recordId, fileId: file.id });
    expect(attachment.fileName).toBe('Änderungfdp.pdf');
    const response = await download(attachment.url, one);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="Anderungfdp.pdf"; filename*=UTF-8''%C3%84nderungfdp.pdf`,
    );
  });
});

describe('an upload under a key', () => {
  test('is stored once', async () => {
    const [first, second] = [await upload(PDF, 'a.pdf', one, 'k1'), await upload(PDF, 'a.pdf', one, 'k1')];
    expect([first.status, second.status, second.id]).toEqual([201, 201, first.id]);
    const both = await Promise.all([upload(PDF, 'b.pdf', one, 'k2'), upload(PDF, 'b.pdf', one, 'k2')]);
    expect(both[0]?.id).toBe(both[1]?.id);
    // A key is one company's.
    expect((await upload(PDF, 'a.pdf', two, 'k1')).id).not.toBe(first.id);
  });

  test('with other content is refused', async () => {
    await upload(PDF, 'a.pdf', one, 'k3');
    expect(await upload(`${PDF}!`, 'a.pdf', one, 'k3')).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  });
});

test('a company has no more space than it is given', async () => {
  // One of these fits into the 40 MB of this test, the second does not.
  const caller = { ...two, tenantId: crypto.randomUUID() };
  expect((await upload(new Uint8Array(30_000_000), 'a.bin', caller)).status).toBe(201);
  expect(await upload(new Uint8Array(30_000_000), 'b.bin', caller)).toMatchObject({
    status: 413,
    code: 'STORAGE_FULL',
  });
});

describe('reading a file', () => {
  const stored = async (content: string, name: string) => {
    const file = await upload(content, name);
    return (await attach({ recordType: 'BUSINESS_PARTNER', recordId: await partner(), fileId: file.id })).attachment;
  };

  test('gives the bytes as they came, and no script a chance', async () => {
    const page = await stored('<script>alert(1)</script>', 'seite.html');
    const response = await download(`${page.url}?preview`, one);
    expect(await response.text()).toBe('<script>alert(1)</script>');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(
      (await download((await stored('<svg onload=alert(1)>', 'bild.svg')).url, one)).headers.get('content-type'),
    ).toBe('application/octet-stream');
  });

  test('shows PDFs and images in place when asked to, and knows what the reader has already', async () => {
    const pdf = await stored(PDF, 'a.pdf');
    const response = await download(`${pdf.url}?preview`, one);
    expect(response.headers.get('content-disposition')).toMatch(/^inline/);
    expect((await download(pdf.url, one)).headers.get('content-disposition')).toMatch(/^attachment/);
    const etag = response.headers.get('etag') as string;
    expect((await download(pdf.url, one, { 'if-none-match': etag })).status).toBe(304);
  });

  test('of a large file, piece by piece', async () => {
    const content = new Uint8Array(3_500_000).map((_, at) => at % 251);
    const file = await upload(content, 'a.bin');
    const { attachment } = await attach({ recordType: 'BUSINESS_PARTNER', recordId: await partner(), fileId: file.id });
    const got = new Uint8Array(await (await download(attachment.url, one)).arrayBuffer());
    expect(Buffer.from(got).equals(Buffer.from(content))).toBe(true);
  });
});
