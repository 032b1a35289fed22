import { newId } from '@valeo/kit/ids.ts';
import { twoTenants, withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { describe, expect, test } from 'vitest';
import { inventory } from './inventory.subgraph.ts';
import { moveStock } from './stock/stock.ts';

const { one, two, ask, answer, services } = await twoTenants(inventory);

const CREATE =
  'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id sku price unit taxCode kind onHand version } error { code fields { path code message } } } }';
const create = async (input: object, caller = one) => (await ask(caller, CREATE, { input })).createArticle;
const ADJUST =
  'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { stockMovements { id quantity kind reason article { sku } } errors { index path code } } }';
const adjust = async (items: object[], caller = one) => (await ask(caller, ADJUST, { input: { items } })).adjustStock;

describe('articles', () => {
  test('an article is created with the usual unit and VAT code, and its SKU keeps its case', async () => {
    const { article, error } = await create({ sku: '85123a', name: 'Heart', price: '2.5', idempotencyKey: 'a1' });
    expect(error).toBeNull();
    expect(article).toMatchObject({
      sku: '85123a',
      price: '2.50',
      unit: 'C62',
      taxCode: 'U19',
      kind: 'GOODS',
      onHand: '0',
      version: 1,
    });
    expect((await create({ sku: '85123A', name: 'Other' })).error).toBeNull();
  });
  test('a taken SKU names the field', async () => {
    await create({ sku: 'T1', name: 'First' });
    expect((await create({ sku: 'T1', name: 'Second' })).error).toMatchObject({
      code: 'SKU_TAKEN',
      fields: [{ path: 'sku', code: 'SKU_TAKEN' }],
    });
    expect((await create({ sku: 'T1', name: 'Elsewhere' }, two)).error).toBeNull();
  });
  test.each([
    ['XX', 'UNKNOWN_TAX_CODE'],
    ['V19', 'UNKNOWN_TAX_CODE'],
    ['U0PV', 'TAX_CODE_WITHOUT_ACCOUNT'],
  ])('the VAT code %s, which no invoice could be posted with, is refused with %s', async (taxCode, code) => {
    const fields = [{ path: 'taxCode', code }];
    expect((await create({ sku: 'TAX', name: 'Taxed', taxCode })).error).toMatchObject({ code, fields });
    const { createArticles } = await ask(
      one,
      'mutation ($input: CreateArticlesInput!) { createArticles(input: $input) { articles { id } errors { index path code } } }',
      {
        input: {
          items: [
            { sku: 'TAX1', name: 'a' },
            { sku: 'TAX2', name: 'b', taxCode },
          ],
        },
      },
    );
    expect(createArticles).toEqual({ articles: [], errors: [{ index: 1, path: 'taxCode', code }] });
    const { article } = await create({ sku: `TAX ${taxCode}`, name: 'Taxed', taxCode: 'U7' });
    const { updateArticle } = await ask(
      one,
      'mutation ($input: UpdateArticleInput!) { updateArticle(input: $input) { article { taxCode } error { code fields { path code } } } }',
      { input: { id: article.id, version: 1, taxCode } },
    );
    expect(updateArticle.error).toEqual({ code, fields });
  });
  test('all faults of an input come at once', async () => {
    const { error } = await create({ sku: '', name: '', price: '-1', unit: '??' });
    expect(error.fields.map((field: { path: string; code: string }) => `${field.path} ${field.code}`)).toEqual([
      'sku TOO_SHORT',
      'name TOO_SHORT',
      'unit INVALID_FORMAT',
      'price MUST_NOT_BE_NEGATIVE',
    ]);
  });
  test('in bulk, a number given twice is a fault of the second item and nothing is created', async () => {
    const { createArticles } = await ask(
      one,
      'mutation ($input: CreateArticlesInput!) { createArticles(input: $input) { articles { id } errors { index path code } } }',
      {
        input: {
          items: [
            { sku: 'B1', name: 'a' },
            { sku: 'B1', name: 'b' },
          ],
        },
      },
    );
    expect(createArticles).toEqual({ articles: [], errors: [{ index: 1, path: 'sku', code: 'SKU_TAKEN' }] });
    expect((await ask(one, '{ articles(filter: { sku: { eq: "B1" } }) { totalCount } }')).articles.totalCount).toBe(0);
  });
  test('a change based on an old version is refused', async () => {
    const { article } = await create({ sku: 'V1', name: 'Versioned' });
    const update =
      'mutation ($input: UpdateArticleInput!) { updateArticle(input: $input) { article { version price prices { price } } error { code message fields { path code } } } }';
    expect(
      (await ask(one, update, { input: { id: article.id, version: 1, price: '3.333' } })).updateArticle.article,
    ).toMatchObject({ version: 2, price: '3.333', prices: [{ price: '3.3330' }] });
    const { error } = (
      await ask(one, update, { input: { id: article.id, version: 1, name: 'Stale', price: '3.3330', unit: null } })
    ).updateArticle;
    expect(error).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'name', code: 'CHANGED_MEANWHILE' }] });
    expect(error.fields).toHaveLength(1);
    expect(
      (await ask(two, update, { input: { id: article.id, version: 2, name: 'Foreign' } })).updateArticle.error.code,
    ).toBe('NOT_FOUND');
  });
  test('filters and orders run over the list, page by page, without losing or repeating a row', async () => {
    await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        create({ sku: `P${index}`, name: 'Same name', price: `${index % 3}.00` }),
      ),
    );
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { articles } = (await ask(
        one,
        'query ($after: String) { articles(first: 7, after: $after, filter: { name: { startsWith: "same" } }, orderBy: [{ field: PRICE, direction: DESC }, { field: NAME }]) { edges { node { sku } } pageInfo { endCursor hasNextPage } totalCount } }',
        { after },
      )) as {
        articles: {
          edges: { node: { sku: string } }[];
          pageInfo: { endCursor: string; hasNextPage: boolean };
          totalCount: number;
        };
      };
      expect(articles.totalCount).toBe(25);
      seen.push(...articles.edges.map((edge) => edge.node.sku));
      after = articles.pageInfo.hasNextPage ? articles.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(25);
    const { articles } = await ask(
      one,
      '{ articles(at: 20, first: 5, filter: { name: { startsWith: "same" } }, orderBy: [{ field: PRICE, direction: DESC }, { field: NAME }]) { edges { node { sku } } } }',
    );
    expect(articles.edges.map((edge: { node: { sku: string } }) => edge.node.sku)).toEqual(seen.slice(20, 25));
  });
  test('a row far into the list is the row that paging there would reach, from either end and in any order', async () => {
    for (let start = 0; start < 2100; start += 700) {
      const items = Array.from({ length: 700 }, (_, index) => ({
        sku: `FAR${start + index}`,
        name: `Far ${(start + index) % 7}`,
        price: `${(start + index) % 11}`,
      }));
      await ask(two, 'mutation ($input: CreateArticlesInput!) { createArticles(input: $input) { errors { code } } }', {
        input: { items },
      });
    }
    const orders = [
      '[{ field: SKU }]',
      '[{ field: PRICE, direction: DESC }]',
      '[{ field: NAME, direction: DESC }, { field: PRICE }]',
    ];
    for (const order of orders) {
      const skus: string[] = [];
      for (let at = 0; at < 1000; at += 500) {
        const { articles } = await ask(
          two,
          `{ articles(first: 500, at: ${at}, orderBy: ${order}) { edges { node { sku } } pageInfo { endCursor } } }`,
        );
        skus.push(...articles.edges.map((edge: { node: { sku: string } }) => edge.node.sku));
      }
      let { articles } = await ask(
        two,
        `{ articles(first: 500, at: 500, orderBy: ${order}) { pageInfo { endCursor } } }`,
      );
      while (articles.pageInfo.endCursor) {
        ({ articles } = await ask(
          two,
          `query ($after: String) { articles(first: 500, after: $after, orderBy: ${order}) { edges { node { sku } } pageInfo { endCursor } } }`,
          { after: articles.pageInfo.endCursor },
        ));
        skus.push(...articles.edges.map((edge: { node: { sku: string } }) => edge.node.sku));
      }
      for (const at of [1000, 1300, 2050, skus.length - 1, skus.length]) {
        const jumped = await ask(
          two,
          `{ articles(first: 5, at: ${at}, orderBy: ${order}) { edges { node { sku } } } }`,
        );
        expect(jumped.articles.edges.map((edge: { node: { sku: string } }) => edge.node.sku)).toEqual(
          skus.slice(at, at + 5),
        );
      }
    }
  });
  test('counters follow every write', async () => {
    const total = async () =>
      (await ask(
        one,
        '{ articles { totalCount } services: articles(filter: { kind: { eq: SERVICE } }) { totalCount } }',
      )) as Record<string, { totalCount: number }>;
    const before = await total();
    await create({ sku: 'POST', name: 'Postage', kind: 'SERVICE' });
    const after = await total();
    expect(after.articles?.totalCount).toBe((before.articles?.totalCount ?? 0) + 1);
    expect(after.services?.totalCount).toBe((before.services?.totalCount ?? 0) + 1);
  });
  test.each([
    ['{ articles(first: 501) { totalCount } }', 'PAGE_TOO_LARGE'],
    ['{ articles(first: 0) { totalCount } }', 'PAGE_TOO_LARGE'],
    ['{ articles(first: 5, last: 5) { totalCount } }', 'INVALID_PAGING'],
    ['{ articles(after: "rubbish") { totalCount } }', 'INVALID_CURSOR'],
  ])('%s is refused with %s', async (query, code) => {
    expect((await answer(one, query)).errors).toMatchObject([{ code }]);
  });
});

describe('stock', () => {
  test('movements change the quantity on hand, and a correction is another movement', async () => {
    const { article } = await create({ sku: 'S1', name: 'Stocked' });
    expect((await adjust([{ articleId: article.id, quantity: '10', reason: 'count' }])).errors).toEqual([]);
    await adjust([{ articleId: article.id, quantity: '-2.5', reason: 'broken' }]);
    const seen = await ask(
      one,
      'query ($id: ID!) { article(id: $id) { onHand stock { onHand warehouse { code standard } } stockMovements { totalCount edges { node { quantity } } } } }',
      { id: article.id },
    );
    expect(seen.article).toMatchObject({
      onHand: '7.5',
      stock: [{ onHand: '7.5', warehouse: { code: 'HAUPT', standard: true } }],
      stockMovements: { totalCount: 2 },
    });
  });
  test('goods below their reorder point, or below zero, are to be reordered, and the filter finds just these', async () => {
    const make = async (sku: string, input: object = {}) =>
      (await create({ sku: `reorder-${sku}`, name: 'x', ...input })).article.id as string;
    const [low, enough, negative, service] = [
      await make('1-low', { reorderPoint: '10' }),
      await make('2-enough', { reorderPoint: '10' }),
      await make('3-negative'),
      await make('4-service', { kind: 'SERVICE', reorderPoint: '10' }),
    ];
    await adjust([
      { articleId: low, quantity: '9.9999', movedOn: '2026-01-05', reason: 'Inventur' },
      { articleId: enough, quantity: '10', movedOn: '2026-01-05', reason: 'Inventur' },
      { articleId: negative, quantity: '-1', movedOn: '2026-01-05', reason: 'Inventur' },
    ]);
    const find = async (filter: object) =>
      (
        await ask(
          one,
          'query ($filter: ArticleFilter) { articles(filter: $filter, orderBy: [{ field: SKU, direction: ASC }]) { totalCount edges { node { sku toReorder onHand } } } }',
          { filter: { sku: { startsWith: 'reorder-' }, ...filter } },
        )
      ).articles;
    expect(service).toBeTruthy();
    const all = (await find({})).edges.map(({ node }: { node: { toReorder: boolean } }) => node.toReorder);
    expect(all).toEqual([true, false, true, false]);
    const skus = ({ edges }: { edges: { node: { sku: string } }[] }) => edges.map(({ node }) => node.sku);
    const found = await find({ toReorder: { eq: true } });
    expect([skus(found), found.totalCount]).toEqual([['reorder-1-low', 'reorder-3-negative'], 2]);
    expect(skus(await find({ onHand: { gte: '9.9999' } }))).toEqual(['reorder-1-low', 'reorder-2-enough']);
  });
  test('a count moves the difference, one that agrees nothing, and a second one sees the first', async () => {
    const { article } = await create({ sku: 'S7', name: 'Counted' });
    const count = (...counted: string[]) =>
      adjust(counted.map((each) => ({ articleId: article.id, counted: each, reason: 'Inventur' })));
    const moved = ({ stockMovements }: { stockMovements: { quantity: string }[] }) =>
      stockMovements.map(({ quantity }) => quantity);
    expect(moved(await count('12'))).toEqual(['12']);
    expect(moved(await count('10.5'))).toEqual(['-1.5']);
    expect(await count('10.5')).toEqual({ stockMovements: [], errors: [] });
    expect(moved(await count('8', '9'))).toEqual(['-2.5', '1']);
    expect(moved(await count('0'))).toEqual(['-9']);
    const wrong = await adjust([
      { articleId: article.id, reason: 'x' },
      { articleId: article.id, counted: '-1', reason: 'x' },
      { articleId: article.id, counted: '1', quantity: '1', reason: 'x' },
    ]);
    expect(wrong.errors.map((error: { index: number; path: string; code: string }) => Object.values(error))).toEqual([
      [0, 'quantity', 'REQUIRED'],
      [1, 'counted', 'MUST_NOT_BE_NEGATIVE'],
      [2, 'counted', 'INVALID_VALUE'],
    ]);
  });
  test('two counts of an empty place at the same moment do not add up (rule 80)', async () => {
    const { article } = await create({ sku: 'COUNT-2', name: 'Counted by two' });
    const count = () => adjust([{ articleId: article.id, counted: '5', reason: 'count' }]);
    await Promise.all([count(), count(), count()]);
    const seen = await ask(one, 'query ($id: ID!) { article(id: $id) { onHand } }', { id: article.id });
    expect(Number(seen.article.onHand)).toBe(5);
  });
  test('faults of all items are told and nothing moves', async () => {
    const { article } = await create({ sku: 'S2', name: 'Untouched' });
    const service = (await create({ sku: 'S3', name: 'Service', kind: 'SERVICE' })).article;
    const { errors } = await adjust([
      { articleId: article.id, quantity: '1', reason: 'ok' },
      { articleId: newId(), quantity: '1', reason: 'x' },
      { articleId: service.id, quantity: '1', reason: 'x' },
      { articleId: article.id, warehouseId: newId(), quantity: '1', reason: 'x' },
    ]);
    expect(errors.map((error: { index: number; code: string }) => [error.index, error.code])).toEqual([
      [1, 'UNKNOWN_ARTICLE'],
      [2, 'ARTICLE_HAS_NO_STOCK'],
      [3, 'UNKNOWN_WAREHOUSE'],
    ]);
    expect((await adjust([{ articleId: article.id, quantity: '0', reason: 'x' }])).errors).toMatchObject([
      { path: 'quantity', code: 'QUANTITY_ZERO' },
    ]);
    const beyond = await adjust([
      { articleId: article.id, quantity: '999999999999', reason: 'x' },
      { articleId: article.id, quantity: '1', movedOn: '0001-01-01', reason: 'x' },
      { articleId: article.id, quantity: '1', movedOn: '9999-12-31', reason: 'x' },
    ]);
    expect(beyond.errors).toMatchObject([
      { index: 0, path: 'quantity', code: 'TOO_BIG' },
      { index: 1, path: 'movedOn', code: 'INVALID_DATE' },
      { index: 2, path: 'movedOn', code: 'INVALID_DATE' },
    ]);
  });
  test('the stock ledger takes no change, and services never move', async () => {
    const service = (await create({ sku: 'S4', name: 'Service', kind: 'SERVICE' })).article;
    await services.database.transaction(
      { domain: 'sales', tenantId: one.tenantId, userId: null, requestId: 'test' },
      (tx) =>
        moveStock(tx, [
          {
            articleId: service.id,
            quantity: '-1',
            kind: 'ISSUE',
            movedOn: '2011-01-01',
            source: { type: 'test', id: null },
          },
        ]),
    );
    const seen = await ask(one, 'query ($id: ID!) { article(id: $id) { onHand stockMovements { totalCount } } }', {
      id: service.id,
    });
    expect(seen.article).toEqual({ onHand: null, stockMovements: { totalCount: 0 } });
    await expect(
      services.database.transaction(
        { domain: 'inventory', tenantId: one.tenantId, userId: null, requestId: 'test' },
        (tx) => tx.query('DELETE FROM inventory.stock_movement'),
      ),
    ).rejects.toThrow(/permission denied/);
  });
  test('a document shows how it moved the stock, to its own company only', async () => {
    const { article } = await create({ sku: 'S6', name: 'Came in' });
    const id = newId();
    await services.database.transaction(
      { domain: 'purchasing', tenantId: one.tenantId, userId: null, requestId: 'test' },
      (tx) =>
        moveStock(
          tx,
          (['3', '-3'] as const).map((quantity, line) => ({
            articleId: article.id,
            quantity,
            kind: 'RECEIPT' as const,
            movedOn: '2026-01-05',
            source: { type: 'purchasing.GoodsReceipt', id, line },
          })),
        ),
    );
    const movementsOf = async (caller: typeof one) =>
      (
        await ask(
          caller,
          'query ($of: [_Any!]!) { _entities(representations: $of) { ... on GoodsReceipt { stockMovements { totalCount edges { node { quantity } } } } } }',
          { of: [{ __typename: 'GoodsReceipt', id }] },
        )
      )._entities[0].stockMovements;
    const found = await movementsOf(one);
    expect(found.totalCount).toBe(2);
    expect(found.edges.map(({ node }: { node: { quantity: string } }) => node.quantity).sort()).toEqual(['-3', '3']);
    expect((await movementsOf(two)).totalCount).toBe(0);
  });
  test('without the right to write nothing is written, and another company sees nothing', async () => {
    expect(
      (await answer(withPermissions(one, 'inventory:read'), CREATE, { input: { sku: 'X', name: 'X' } })).errors,
    ).toMatchObject([{ code: 'FORBIDDEN' }]);
    const { article } = await create({ sku: 'S5', name: 'Mine' });
    expect((await ask(two, 'query ($id: ID!) { article(id: $id) { id } }', { id: article.id })).article).toBeNull();
    expect((await ask(one, '{ article(id: "not an id") { id } }')).article).toBeNull();
  });
});
