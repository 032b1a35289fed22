import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../../options.ts';
import { composeLocal } from '../../plan/supergraph.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, type Toy, toy } from '../toys.ts';

const withScopes = (...permissions: string[]): Caller => ({
  tenantId: 't',
  userId: 'u',
  clientId: permissions.join('+') || 'none',
  sessionId: null,
  permissions,
  locale: 'en',
  budget: null,
});

const keys: Record<string, Caller> = {
  nothing: withScopes(),
  reader: withScopes('people:read'),
  half: withScopes('people:read', 'payroll:read'),
  payroll: withScopes('people:read', 'payroll:read', 'payroll:see'),
  root: withScopes('people:read', 'root'),
};

const salary: string[] = [];
const staff = (): Toy =>
  toy(
    'staff',
    `type Query { me: Person @authenticated people: [Person!]! @requiresScopes(scopes: [["people:read"]]) open: String things: [Thing!]! }
     interface Thing { id: ID! name: String }
     type Desk implements Thing { id: ID! name: String }
     type Safe implements Thing @policy(policies: [["payroll:see"]]) { id: ID! name: String code: String }
     type Person @key(fields: "id") { id: ID! name: String! salary: Int @requiresScopes(scopes: [["payroll:read", "payroll:see"], ["root"]]) grade: Grade manager: Person }
     enum Grade @authenticated { A B }`,
    {
      Query: {
        me: () => ({ id: '1' }),
        people: () => [{ id: '1' }, { id: '2' }],
        open: () => 'open',
        things: () => [
          { __typename: 'Desk', id: 'd', name: 'Desk' },
          { __typename: 'Safe', id: 's', name: 'Safe', code: '1234' },
        ],
      },
      Person: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        name: ({ id }: { id: string }) => `Person ${id}`,
        salary: ({ id }: { id: string }) => {
          salary.push(id);
          return 1000;
        },
        grade: () => 'A',
        manager: () => ({ id: '9' }),
      },
    },
  );
const bonus = (): Toy =>
  toy(
    'bonus',
    `type Person @key(fields: "id") { id: ID! salary: Int @external
       bonus: Int @requires(fields: "salary") @requiresScopes(scopes: [["payroll:read", "payroll:see"], ["root"]]) }`,
    { Person: { bonus: ({ salary: base }: { salary: number }) => base / 10 } },
  );

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startToys([staff(), bonus()], {
    identity: { jwks: () => ({ keys: [] }), resolveApiKey: (key) => Promise.resolve(keys[key] ?? null) },
  });
});
afterAll(() => gateway.close(0));

const ask = async (query: string, key?: string) =>
  (await post(gateway.url, { query }, key ? { 'x-api-key': key } : {})).body;

test('strangers see what is open, and are told to sign in for the rest', async () => {
  const { data, errors } = await ask('{ open me { name } }');
  expect(data).toEqual({ open: 'open', me: null });
  expect(errors).toMatchObject([{ path: ['me'], extensions: { code: 'UNAUTHENTICATED', category: 'PERMISSION' } }]);
});

test('without the scope a field is never fetched, comes back as null and is reported once', async () => {
  salary.length = 0;
  const { data, errors } = await ask('{ people { id name salary } }', 'reader');
  expect(data).toEqual({
    people: [
      { id: '1', name: 'Person 1', salary: null },
      { id: '2', name: 'Person 2', salary: null },
    ],
  });
  expect(errors).toMatchObject([{ path: ['people', 'salary'], extensions: { code: 'FORBIDDEN' } }]);
  expect(salary).toEqual([]);
});

test('one of several groups of scopes is enough, and each must be held whole', async () => {
  expect((await ask('{ people { salary } }', 'payroll')).data.people[0].salary).toBe(1000);
  expect((await ask('{ people { salary } }', 'root')).data.people[0].salary).toBe(1000);
  for (const key of ['reader', 'half']) {
    const { data, errors } = await ask('{ people { salary } }', key);
    expect(data.people[0].salary).toBe(null);
    expect(errors[0].message).toBe('You may not see Person.salary, which needs payroll:read + payroll:see | root.');
  }
});

test('a forbidden field that is left out is no error, and one that is asked for twice is one', async () => {
  const query = `query ($s: Boolean!) { me { ...F @include(if: $s) ... on Person @skip(if: $s) { name } salary @include(if: $s) } }
    fragment F on Person { salary }`;
  const ask = async (s: boolean) =>
    (await post(gateway.url, { query, variables: { s } }, { 'x-api-key': 'reader' })).body;
  expect(await ask(false)).toMatchObject({ data: { me: { name: 'Person 1' } } });
  expect((await ask(false)).errors).toBeUndefined();
  expect((await ask(true)).errors).toMatchObject([{ path: ['me', 'salary'] }]);
});

test('what a field would fetch through @requires is not fetched for those who may not see it', async () => {
  salary.length = 0;
  const { data, errors } = await ask('{ people { id bonus } }', 'reader');
  expect(data.people).toEqual([
    { id: '1', bonus: null },
    { id: '2', bonus: null },
  ]);
  expect(errors).toHaveLength(1);
  expect(salary).toEqual([]);
  expect((await ask('{ people { bonus } }', 'payroll')).data.people[0].bonus).toBe(100);
});

test('a forbidden field that may not be null takes its nearest nullable parent with it, with one error only', async () => {
  const { data, errors } = await ask('{ people { id } }', 'nothing');
  expect(data).toBe(null);
  expect(errors).toHaveLength(1);
});

test('fragments, aliases and nesting do not get around a rule', async () => {
  salary.length = 0;
  const query = `{ me { ...F manager { x: salary ... on Person { y: salary } } } } fragment F on Person { z: salary }`;
  const { data, errors } = await ask(query, 'reader');
  expect(data).toEqual({ me: { z: null, manager: { x: null, y: null } } });
  expect(errors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
    'me.z',
    'me.manager.x',
    'me.manager.y',
  ]);
  expect(salary).toEqual([]);
});

test('a rule on a type holds for an object of it behind an interface', async () => {
  const hidden = await ask('{ things { id name } }', 'reader');
  expect(hidden.data).toBe(null);
  expect(JSON.stringify(hidden)).not.toContain('Safe');
  expect(hidden.errors).toMatchObject([
    { path: ['things'], extensions: { code: 'FORBIDDEN', category: 'PERMISSION' } },
  ]);
  expect((await ask('{ things { id name } }', 'payroll')).data.things).toHaveLength(2);
});

test('a rule on an enum holds for every field that returns it', async () => {
  expect((await ask('{ people { grade } }', 'reader')).data.people[0].grade).toBe('A');
});

test('questions about the schema need no sign-in', async () => {
  const { data, errors } = await ask('{ __schema { queryType { name } } __typename }');
  expect(errors).toBeUndefined();
  expect(data).toEqual({ __schema: { queryType: { name: 'Query' } }, __typename: 'Query' });
});

describe('a key that is protected', () => {
  const asked: unknown[] = [];
  const people = () =>
    toy(
      'people',
      `type Query { person: Person } type Person @key(fields: "number") { number: ID! @requiresScopes(scopes: [["numbers:read"]]) name: String }`,
      { Query: { person: () => ({ number: '7', name: 'Ada' }) } },
    );
  const pay = () =>
    toy(
      'pay',
      `type Person @key(fields: "number") @key(fields: "account") { number: ID! account: ID! @inaccessible tax: String }`,
      {
        Person: {
          __resolveReference: (reference: { number: string }) => {
            asked.push(reference);
            return { ...reference, account: `a${reference.number}`, tax: 'A' };
          },
        },
      },
    );
  const bank = () =>
    toy('bank', `type Person @key(fields: "account") { account: ID! @inaccessible iban: String }`, {
      Person: {
        __resolveReference: (reference: { account: string }) => {
          asked.push(reference);
          return { ...reference, iban: 'DE00' };
        },
      },
    });
  const callers: Record<string, Caller> = { may: withScopes('numbers:read'), 'may-not': withScopes('people:read') };

  test.each([
    ['planned here', 0],
    ['planned on another thread', 60_000],
  ])(
    'keeps from others what could only be found by it, however far: %s',
    async (_, planningTimeoutMs) => {
      const guarded = await startToys([people(), pay(), bank()], {
        planningTimeoutMs,
        identity: { jwks: () => ({ keys: [] }), resolveApiKey: (key) => Promise.resolve(callers[key] ?? null) },
      });
      const query = 'query ($yes: Boolean = true) { person { name tax @include(if: $yes) iban } }';
      const as = async (key: string) => (await post(guarded.url, { query }, { 'x-api-key': key })).body;
      try {
        expect((await as('may')).data).toEqual({ person: { name: 'Ada', tax: 'A', iban: 'DE00' } });
        asked.length = 0;
        const { data, errors } = await as('may-not');
        expect(data).toEqual({ person: { name: 'Ada', tax: null, iban: null } });
        expect(errors.map(({ path }: { path: string[] }) => path.join('.')).sort()).toEqual([
          'person.iban',
          'person.tax',
        ]);
        expect(errors[0].extensions.code).toBe('FORBIDDEN');
        expect(asked).toEqual([]);
        expect(JSON.stringify(errors)).not.toContain('account');
      } finally {
        await guarded.close(0);
      }
    },
    60_000,
  );
});

test('rules hold under whatever names a supergraph imports them', async () => {
  const sdl = composeLocal([staff()])
    .replaceAll('@authenticated', '@mustSignIn')
    .replaceAll('@requiresScopes', '@needs')
    .replaceAll('@policy', '@allowedBy')
    .replace(/@link\(url: "https:\/\/specs.apollo.dev\/(authenticated|requiresScopes|policy)\/v0.1"/g, (link, name) => {
      const as = { authenticated: 'mustSignIn', requiresScopes: 'needs', policy: 'allowedBy' }[name as 'policy'];
      return `${link}, as: "${as}"`;
    });
  expect(sdl).toContain('@needs(scopes: [["people:read"]])');
  const renamed = await startToys([staff()], {
    supergraph: sdl,
    identity: { jwks: () => ({ keys: [] }), resolveApiKey: (key) => Promise.resolve(keys[key] ?? null) },
  });
  const as = async (query: string, key?: string) =>
    (await post(renamed.url, { query }, key ? { 'x-api-key': key } : {})).body;
  expect((await as('{ me { name } }')).errors[0].extensions.code).toBe('UNAUTHENTICATED');
  expect((await as('{ people { salary } }', 'reader')).data.people[0].salary).toBe(null);
  expect((await as('{ things { id } }', 'reader')).data).toBe(null);
  expect((await as('{ people { salary } }', 'payroll')).data.people[0].salary).toBe(1000);
  await renamed.close(0);
});
