import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';

const clerk: Caller = {
  tenantId: 't',
  userId: 'u',
  clientId: null,
  sessionId: null,
  permissions: ['crm:write'],
  locale: 'en',
  budget: null,
};

const done: string[] = [];
const made = (what: string) => () => {
  done.push(what);
  return { id: what };
};

let gateway: RunningGateway;
beforeAll(async () => {
  const crm = toy(
    'crm',
    `type Query { partner: Made } type Made @shareable { id: ID! }
     type Mutation { createPartner: Made! @requiresScopes(scopes: [["crm:write"]]) }`,
    { Query: { partner: () => ({ id: '1' }) }, Mutation: { createPartner: made('partner') } },
  );
  const inventory = toy(
    'inventory',
    `type Query { article: Made @requiresScopes(scopes: [["inventory:read"]]) } type Made @shareable { id: ID! }
     type Mutation { createArticle: Made! @requiresScopes(scopes: [["inventory:write"]]) }`,
    { Query: { article: () => ({ id: '1' }) }, Mutation: { createArticle: made('article') } },
  );
  gateway = await startToys([crm, inventory], {
    identity: { jwks: () => ({ keys: [] }), resolveApiKey: (key) => Promise.resolve(key === 'clerk' ? clerk : null) },
  });
});
afterAll(() => gateway.close(0));
beforeEach(() => {
  done.length = 0;
});

const ask = async (query: string, variables = {}, headers: Record<string, string> = { 'x-api-key': 'clerk' }) =>
  (await post(gateway.url, { query, variables }, headers)).body;

test('a mutation with a forbidden root field is not run at all, and each such field is named', async () => {
  const query =
    'mutation { a: createPartner { id } b: createArticle { id } ...M } fragment M on Mutation { c: createArticle { id } }';
  const { data, errors, extensions } = await ask(query);
  expect(data).toBe(null);
  expect(errors).toMatchObject([
    {
      message: 'You may not use Mutation.createArticle, which needs inventory:write.',
      path: ['b'],
      extensions: { code: 'FORBIDDEN' },
    },
    {
      message: 'You may not use Mutation.createArticle, which needs inventory:write.',
      path: ['c'],
      extensions: { code: 'FORBIDDEN' },
    },
  ]);
  expect(extensions.cost).toMatchObject({ actual: 0 });
  expect(done).toEqual([]);
  const inGerman = await ask(query, {}, { 'x-api-key': 'clerk', 'accept-language': 'fr, de;q=0.8' });
  expect(inGerman.errors[0].message).toBe(
    'Sie dürfen Mutation.createArticle nicht benutzen; nötig ist inventory:write.',
  );
  const stranger = await ask('mutation { createPartner { id } }', {}, { 'accept-language': 'de' });
  expect(stranger.errors[0].message).toBe('Melden Sie sich an, um Mutation.createPartner zu benutzen.');
});

test('a forbidden root field that is left out forbids nothing', async () => {
  const query = 'mutation ($both: Boolean!) { createPartner { id } createArticle @include(if: $both) { id } }';
  expect((await ask(query, { both: true })).data).toBe(null);
  expect(done).toEqual([]);
  const { data, errors } = await ask(query, { both: false });
  expect(data).toEqual({ createPartner: { id: 'partner' } });
  expect(errors).toBeUndefined();
  expect(done).toEqual(['partner']);
});

test('a query keeps what is not forbidden', async () => {
  const { data, errors } = await ask('{ partner { id } article { id } }');
  expect(data).toEqual({ partner: { id: '1' }, article: null });
  expect(errors).toMatchObject([{ message: 'You may not see Query.article, which needs inventory:read.' }]);
});
