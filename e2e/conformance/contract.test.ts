import { randomUUID } from 'node:crypto';
import { buildSchema } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEMO, Graph, origin, ownCompany, signedIn } from '../graph.ts';

/** Names and forms that other programs rely on. */

const LISTS = {
  businessPartners: 'businessPartner',
  articles: 'article',
  quotes: 'quote',
  salesOrders: 'salesOrder',
  deliveries: 'delivery',
  salesInvoices: 'salesInvoice',
  purchaseOrders: 'purchaseOrder',
  goodsReceipts: 'goodsReceipt',
  supplierInvoices: 'supplierInvoice',
  stockMovements: 'stockMovement',
  journalEntries: 'journalEntry',
  ledgerAccounts: 'ledgerAccount',
  openItems: 'openItem',
  bankTransactions: 'bankTransaction',
  opportunities: 'opportunity',
  activities: 'activity',
  tasks: 'task',
  notifications: 'notification',
};

let owner: Graph;
let auditor: Graph;
let other: Graph;
/** A company of its own, for everything that writes. */
let own: Graph;
let token: string;
beforeAll(async () => {
  [owner, auditor, other] = await Promise.all([signedIn(), signedIn(DEMO.auditor), signedIn(DEMO.other)]);
  ({ graph: own, token } = await ownCompany());
});

describe('signing in', () => {
  test('answers a token and its user, and sets two cookies that scripts cannot read', async () => {
    const { data, headers } = await new Graph().send(
      'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken expiresAt user { id email } error { code message } } }',
      { input: { email: DEMO.owner, password: DEMO.password } },
    );
    expect(data.signIn).toMatchObject({ user: { email: DEMO.owner }, error: null });
    expect(Date.parse(data.signIn.expiresAt) - Date.now()).toBeLessThanOrEqual(600_000);
    const cookies = headers.getSetCookie();
    expect(cookies.length).toBe(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=Lax/i);
    }
  });

  test('with a wrong password tells nothing about the account', async () => {
    const wrong = (email: string) =>
      new Graph().mutate('signIn', { email, password: 'wrong' }, '{ accessToken user { id } error { code message } }');
    const [known, unknown] = [await wrong(DEMO.auditor), await wrong(`${randomUUID()}@valeo.example`)];
    expect(known).toEqual(unknown);
    expect(known).toMatchObject({ accessToken: null, user: null, error: { code: 'INVALID_CREDENTIALS' } });
  });

  test('tells who one is, and a stranger that he is nobody', async () => {
    const query = '{ viewer { id email locale permissions company { id name } } }';
    const { viewer } = await owner.ask(query);
    expect(viewer).toMatchObject({ email: DEMO.owner });
    expect(viewer.permissions).toContain('sales:post');
    expect((await new Graph().send(query)).data?.viewer ?? null).toBeNull();
  });

  test('a company that signs up sees nothing of others', async () => {
    const { graph } = await ownCompany();
    expect((await graph.ask('{ salesInvoices(first: 1) { totalCount } }')).salesInvoices.totalCount).toBe(0);
  });
});

describe.each(Object.entries(LISTS))('the list %s', (plural, field) => {
  const query = `query ($first: Int, $at: Int, $after: String) { ${plural}(first: $first, at: $at, after: $after) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }`;

  test('has pages, an exact total and random access', async () => {
    const first = (await owner.ask(query, { first: 3 }))[plural];
    expect(first.totalCount).toBeGreaterThanOrEqual(first.edges.length);
    expect(first.pageInfo.hasPreviousPage).toBe(false);
    if (first.totalCount > 1) {
      const second = (await owner.ask(query, { first: 1, at: 1 }))[plural].edges;
      expect(second[0].node.id).toBe(first.edges[1].node.id);
      const after = (await owner.ask(query, { first: 1, after: first.edges[0].cursor }))[plural].edges;
      expect(after[0].node.id).toBe(first.edges[1].node.id);
    }
  });

  test('refuses pages of more than 500', async () => {
    const { errors } = await owner.send(query, { first: 501 });
    expect(errors[0]?.extensions).toMatchObject({ code: 'PAGE_TOO_LARGE', category: 'LIMIT', retryable: false });
  });

  test('answers null for an id that is foreign, unknown or none', async () => {
    const one = `query ($id: ID!) { ${field}(id: $id) { id } }`;
    const own = (await owner.ask(query, { first: 1 }))[plural].edges[0]?.node.id;
    if (own) {
      expect(await owner.ask(one, { id: own })).toEqual({ [field]: { id: own } });
      if (field !== 'notification') expect(await other.ask(one, { id: own })).toEqual({ [field]: null });
    }
    for (const id of [randomUUID(), 'x', '', "' OR 1=1 --"])
      expect(await owner.ask(one, { id })).toEqual({ [field]: null });
  });
});

test('every list has at least 20 entries in one of the demo companies', async () => {
  const query = `{ ${Object.keys(LISTS)
    .map((plural) => `${plural}(first: 1) { totalCount }`)
    .join(' ')} }`;
  const [one, two] = [await owner.ask(query), await other.ask(query)];
  const small = Object.keys(LISTS).filter(
    (plural) =>
      !['tasks'].includes(plural) && Math.max(one[plural]?.totalCount ?? 0, two[plural]?.totalCount ?? 0) < 20,
  );
  expect(small).toEqual([]);
});

const INVOICE = `id kind number status paymentStatus version issuedOn dueOn customer { id name }
  lines { article { id sku } quantity unitPrice taxCode net } net { amount currency } tax { amount } gross { amount } openAmount { amount }
  journalEntry { id number } cancels { id }`;
const PAYLOAD = `{ salesInvoice { ${INVOICE} } error { code message fields { path code message } } }`;

describe('an invoice', () => {
  let customerId: string;
  let articleId: string;
  const input = (more: object = {}) => ({
    customerId,
    suppliedOn: '2011-12-09',
    issuedOn: '2011-12-09',
    lines: [{ articleId, quantity: '3', unitPrice: '10.00', taxCode: 'U19' }],
    ...more,
  });

  beforeAll(async () => {
    const partner = await own.mutate(
      'createBusinessPartner',
      { name: `Vertrag ${randomUUID()}`, kinds: ['CUSTOMER'], country: 'DE', idempotencyKey: randomUUID() },
      '{ businessPartner { id } error { code message } }',
    );
    customerId = partner.businessPartner.id;
    const article = await own.mutate(
      'createArticle',
      { sku: randomUUID(), name: 'Artikel', unit: 'C62', price: '10.00', taxCode: 'U19', idempotencyKey: randomUUID() },
      '{ article { id } error { code message } }',
    );
    articleId = article.article.id;
  });

  test('goes from draft to posted to paid, and is cancelled by a Storno', async () => {
    const { salesInvoice: draft, error } = await own.mutate(
      'createSalesInvoice',
      { ...input(), idempotencyKey: randomUUID() },
      PAYLOAD,
    );
    expect(error).toBeNull();
    expect(draft).toMatchObject({
      kind: 'INVOICE',
      number: null,
      status: 'DRAFT',
      net: { amount: '30.00', currency: 'EUR' },
      tax: { amount: '5.70' },
      gross: { amount: '35.70' },
    });
    const { salesInvoice: posted } = await own.mutate(
      'postSalesInvoice',
      { id: draft.id, idempotencyKey: randomUUID() },
      PAYLOAD,
    );
    expect(posted).toMatchObject({ status: 'POSTED', paymentStatus: 'OPEN', openAmount: { amount: '35.70' } });
    expect(posted.number).toBeTruthy();
    expect(posted.journalEntry.number).toMatch(/^2011-\d{6}$/);

    const { journalEntry } = await own.ask(
      'query ($id: ID!) { journalEntry(id: $id) { number postedOn text lines { account { number name } debit { amount } credit { amount } } source hash } }',
      { id: posted.journalEntry.id },
    );
    const cents = (side: 'debit' | 'credit') =>
      journalEntry.lines.reduce(
        (sum: bigint, line: any) => sum + BigInt((line[side]?.amount ?? '0').replace('.', '')),
        0n,
      );
    expect([cents('debit'), cents('credit')]).toEqual([3570n, 3570n]);

    const paid = await own.mutate(
      'recordPayment',
      {
        salesInvoiceId: draft.id,
        amount: '35.70',
        receivedOn: '2011-12-10',
        account: '1200',
        idempotencyKey: randomUUID(),
      },
      PAYLOAD,
    );
    expect(paid.salesInvoice).toMatchObject({ paymentStatus: 'PAID', openAmount: { amount: '0.00' } });

    const second = await own.mutate('createSalesInvoice', { ...input(), idempotencyKey: randomUUID() }, PAYLOAD);
    await own.mutate('postSalesInvoice', { id: second.salesInvoice.id, idempotencyKey: randomUUID() }, PAYLOAD);
    const cancelled = await own.mutate(
      'cancelSalesInvoice',
      { id: second.salesInvoice.id, reason: 'Irrtum', idempotencyKey: randomUUID() },
      PAYLOAD,
    );
    expect(cancelled.error).toBeNull();
    const { salesInvoice } = await own.ask(
      'query ($id: ID!) { salesInvoice(id: $id) { status cancelledBy { kind net { amount } cancels { id } } } }',
      { id: second.salesInvoice.id },
    );
    expect(salesInvoice).toEqual({
      status: 'CANCELLED',
      cancelledBy: { kind: 'CREDIT_NOTE', net: { amount: '30.00' }, cancels: { id: second.salesInvoice.id } },
    });
  });

  test('that is sent twice is one', async () => {
    const idempotencyKey = randomUUID();
    const twice = await Promise.all(
      [1, 2].map(() => own.mutate('createSalesInvoice', { ...input(), idempotencyKey }, PAYLOAD)),
    );
    expect(twice[0].salesInvoice.id).toBe(twice[1].salesInvoice.id);
    const other = await own.mutate(
      'createSalesInvoice',
      { ...input({ suppliedOn: '2011-12-08' }), idempotencyKey },
      PAYLOAD,
    );
    expect(other.error.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('that somebody else has changed answers CONFLICT with both values', async () => {
    const { salesInvoice } = await own.mutate('createSalesInvoice', input(), PAYLOAD);
    const change = (issuedOn: string) =>
      own.mutate(
        'updateSalesInvoice',
        { id: salesInvoice.id, version: salesInvoice.version, ...input({ issuedOn }) },
        PAYLOAD,
      );
    expect((await change('2011-12-08')).error).toBeNull();
    const { error } = await change('2011-12-07');
    expect(error.code).toBe('CONFLICT');
    expect(error.fields).toContainEqual(expect.objectContaining({ path: 'issuedOn', code: 'CHANGED_MEANWHILE' }));
    expect(error.fields.find(({ path }: any) => path === 'issuedOn').message).toMatch(/2011-12-08.*2011-12-07/);
  });

  test('with faults names every one of them, in the language of the user', async () => {
    const { error } = await own.mutate(
      'createSalesInvoice',
      {
        ...input(),
        suppliedOn: '2011-12-09',
        lines: [{ articleId, quantity: '-1', unitPrice: '1.23456', taxCode: 'U19' }],
      },
      PAYLOAD,
    );
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.fields.map(({ path, code }: any) => [path, code])).toEqual([
      ['lines.0.quantity', 'MUST_BE_POSITIVE'],
      ['lines.0.unitPrice', 'INVALID_DECIMAL'],
    ]);
  });

  test('cannot be posted by who only reads, nor by another company', async () => {
    const { salesInvoice } = await own.mutate('createSalesInvoice', input(), PAYLOAD);
    const post = 'mutation ($input: PostSalesInvoiceInput!) { postSalesInvoice(input: $input) { error { code } } }';
    const variables = { input: { id: salesInvoice.id, idempotencyKey: randomUUID() } };
    expect((await auditor.send(post, variables)).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await other.ask(post, variables)).postSalesInvoice.error.code).toBe('NOT_FOUND');
    expect((await new Graph().send(post, variables)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('journal entries', () => {
  const entry = (more: object = {}) => ({
    postedOn: '2011-06-30',
    text: 'Vertrag',
    reference: randomUUID(),
    lines: [
      { account: '4930', debit: '119.00', taxCode: 'V19' },
      { account: '1200', credit: '119.00' },
    ],
    ...more,
  });
  const post = (input: object, as = own) =>
    as.mutate('postJournalEntries', input, '{ entries { id number } errors { index path code message } }');

  test('are posted in the order of the input, with the tax split off', async () => {
    const { entries, errors } = await post({ entries: [entry(), entry()], idempotencyKey: randomUUID() });
    expect(errors).toEqual([]);
    expect(entries.map(({ number }: any) => number)).toEqual(entries.map(({ number }: any) => number).toSorted());
    const { journalEntry } = await own.ask(
      'query ($id: ID!) { journalEntry(id: $id) { lines { account { number } debit { amount } credit { amount } } } }',
      { id: entries[0].id },
    );
    const debits = journalEntry.lines.map((line: any) => [line.account.number, line.debit?.amount]);
    expect(debits).toContainEqual(['4930', '100.00']);
    expect(debits).toContainEqual(['1576', '19.00']);
  });

  test('are all or nothing: every error is listed, nothing is stored, the key stays free', async () => {
    const idempotencyKey = randomUUID();
    const good = entry();
    const total = async () => (await own.ask('{ journalEntries(first: 1) { totalCount } }')).journalEntries.totalCount;
    const before = await total();
    const unbalanced = entry({
      lines: [
        { account: '4930', debit: '1.00' },
        { account: '1200', credit: '2.00' },
      ],
    });
    const unknown = entry({
      lines: [
        { account: '0000001', debit: '1.00' },
        { account: '1200', credit: '1.00' },
      ],
    });
    const failed = await post({ entries: [good, unbalanced, unknown], idempotencyKey });
    expect(failed.entries).toEqual([]);
    expect(failed.errors.map(({ index, code }: any) => [index, code])).toEqual(
      expect.arrayContaining([
        [1, 'ENTRY_UNBALANCED'],
        [2, 'UNKNOWN_ACCOUNT'],
      ]),
    );
    expect(await total()).toBe(before);
    const right = await post({ entries: [good], idempotencyKey });
    expect(right.errors).toEqual([]);
    expect(await post({ entries: [good], idempotencyKey })).toEqual(right);
    expect((await post({ entries: [entry()], idempotencyKey })).errors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await total()).toBe(before + 1);
  });

  test('are only tried on a dry run', async () => {
    expect(await post({ entries: [entry()], dryRun: true })).toEqual({ entries: [], errors: [] });
  });
});

test('the trial balance is signed, in plain decimals, and balanced', async () => {
  const { trialBalance } = await own.ask(
    '{ trialBalance(fiscalYear: 2011, through: "2011-12-31") { account { number name } opening debit credit balance } }',
  );
  const cents = (text: string) => BigInt(text.replace('.', ''));
  const sum = (field: string) => trialBalance.reduce((total: bigint, row: any) => total + cents(row[field]), 0n);
  for (const row of trialBalance) {
    for (const field of ['opening', 'debit', 'credit', 'balance']) expect(row[field]).toMatch(/^-?\d+\.\d\d$/);
    expect(cents(row.opening) + cents(row.debit) - cents(row.credit), row.account.number).toBe(cents(row.balance));
  }
  expect(sum('balance')).toBe(0n);
  expect(sum('debit')).toBe(sum('credit'));
});

describe('background tasks', () => {
  test('import a file, tell what came of it, and report a broken line', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const mark = randomUUID().slice(0, 8);
    const csv = [
      'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
      `${mark}1,85123A,HEART,1,2011-12-09 10:00:00,2.55,17850,United Kingdom`,
      `${mark}2,85123A,HEART,one,2011-12-09 10:00:00,2.55,17850,United Kingdom`,
    ].join('\n');
    const response = await fetch(`${origin()}/files`, { method: 'POST', headers, body: csv });
    const file = (await response.json()) as { id: string };
    expect(file.id).toBeTruthy();
    const start = async (dryRun: boolean) => {
      const { task, error } = await own.mutate(
        'startTask',
        { kind: 'IMPORT_SALES', fileId: file.id, dryRun, idempotencyKey: randomUUID() },
        '{ task { id } error { code message } }',
      );
      expect(error).toBeNull();
      for (;;) {
        const { task: now } = await own.ask(
          'query ($id: ID!) { task(id: $id) { id kind status progress message result error } }',
          { id: task.id },
        );
        if (!['QUEUED', 'RUNNING'].includes(now.status)) return now;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    expect((await start(true)).result).toMatchObject({ documents: 1, added: 0, rejected: [{ line: 3 }] });
    expect(await start(false)).toMatchObject({
      status: 'SUCCEEDED',
      progress: 1,
      result: { documents: 1, skipped: 0, added: 1 },
    });
    expect((await start(false)).result).toMatchObject({ documents: 1, skipped: 1, added: 0 });
  });

  test('refuse a file that is not there', async () => {
    const { task, error } = await own.mutate(
      'startTask',
      { kind: 'IMPORT_SALES', fileId: randomUUID() },
      '{ task { id } error { code fields { path } } }',
    );
    expect([task, error.code, error.fields[0].path]).toEqual([null, 'UNKNOWN_FILE', 'fileId']);
  });
});

describe('API clients', () => {
  test('have a key, scopes and nothing else', async () => {
    const { key, apiClient, error } = await own.mutate(
      'createApiClient',
      { name: `Shop ${randomUUID()}`, scopes: ['inventory:read'], budget: null },
      '{ apiClient { id } key error { code message } }',
    );
    expect(error).toBeNull();
    expect(apiClient.id).toBeTruthy();
    const client = new Graph({ 'x-api-key': key });
    expect((await client.ask('{ articles(first: 1) { totalCount } }')).articles.totalCount).toBeGreaterThan(0);
    const refused = await client.send('{ salesInvoices(first: 1) { edges { node { id } } } }');
    expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect(
      (await new Graph({ 'x-api-key': `${key}x` }).send('{ articles { totalCount } }')).errors[0]?.extensions.code,
    ).toBe('UNAUTHENTICATED');
  });
});

describe('the gateway', () => {
  test('puts a request id on every response and in every error', async () => {
    const { headers, errors } = await owner.send('{ salesInvoices(first: 501) { totalCount } }');
    expect(headers.get('x-request-id')).toBeTruthy();
    expect(errors[0]?.extensions.requestId).toBe(headers.get('x-request-id'));
    for (const path of ['/health/live', '/metrics', '/nowhere']) {
      expect((await fetch(origin() + path)).headers.get('x-request-id'), path).toBeTruthy();
    }
  });

  test('tells its health, each dependency, and its figures', async () => {
    expect((await fetch(`${origin()}/health/live`)).status).toBe(200);
    const ready = await fetch(`${origin()}/health/ready`);
    expect(ready.status).toBe(200);
    expect(JSON.stringify(await ready.json())).toMatch(/postgres|database/i);
    expect(await (await fetch(`${origin()}/metrics`)).text()).toMatch(/^# TYPE /m);
  });

  test('shows its schema to everybody', async () => {
    const sdl = await (await fetch(`${origin()}/schema.graphql`)).text();
    expect(buildSchema(sdl, { assumeValidSDL: true }).getQueryType()?.getFields().salesInvoices).toBeDefined();
    const { data } = await new Graph().send('{ __schema { queryType { name } } }');
    expect(data.__schema.queryType.name).toBe('Query');
  });

  test('has an explorer that works offline', async () => {
    const response = await fetch(`${origin()}/explorer`);
    const html = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(html).not.toMatch(/(src|href)="https?:/);
  });

  test('tells the cost of every answer, and only the cost when asked to', async () => {
    const { extensions } = await owner.send('{ salesInvoices(first: 10) { edges { node { id } } } }');
    expect(extensions.cost).toBeDefined();
    const only = await owner.send(
      '{ salesInvoices(first: 10) { edges { node { id } } } }',
      {},
      { 'x-cost-only': 'true' },
    );
    expect(only).toMatchObject({ status: 200, data: null, errors: [] });
    expect(only.extensions.cost).toBeDefined();
  });

  test('refuses what is too dear', async () => {
    const dear = `{ businessPartners(first: 500) { edges { node { salesInvoices(first: 500) { edges { node { lines { article { id } } } } } } } } }`;
    const { errors, data } = await owner.send(dear);
    expect([data, errors[0]?.extensions.code]).toEqual([null, 'COST_LIMIT_EXCEEDED']);
  });

  test('answers 400 and the standard error to what is no GraphQL', async () => {
    const response = await fetch(`${origin()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":',
    });
    expect(response.status).toBe(400);
    const body = (await response.json()) as { errors: { extensions: object }[] };
    expect(body.errors[0]?.extensions).toMatchObject({
      code: 'BAD_REQUEST',
      category: 'USER',
      requestId: expect.any(String),
    });
  });

  test('throttles guesses of passwords and says when to come back', async () => {
    const email = `guess-${randomUUID()}@valeo.example`;
    const guess = () => new Graph().mutate('signIn', { email, password: 'wrong' }, '{ error { code message } }');
    let code = '';
    for (let attempt = 0; attempt < 30 && code !== 'TOO_MANY_ATTEMPTS'; attempt++) code = (await guess()).error.code;
    expect(code).toBe('TOO_MANY_ATTEMPTS');
  });
});
