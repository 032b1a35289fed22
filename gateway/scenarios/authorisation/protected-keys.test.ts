import { afterEach, expect, test } from 'vitest';
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

const callers: Record<string, Caller> = { may: withScopes('s'), 'may-not': withScopes() };
const secret = '@requiresScopes(scopes: [["s"]])';

let gateway: RunningGateway | undefined;
afterEach(async () => {
  await gateway?.close(0);
  gateway = undefined;
});

async function start(
  toys: Toy[],
  supergraph?: string,
): Promise<(query: string, key: string) => Promise<{ data: unknown; errors?: unknown }>> {
  const { url } = (gateway = await startToys(toys, {
    supergraph,
    identity: { jwks: () => ({ keys: [] }), resolveApiKey: (key) => Promise.resolve(callers[key] ?? null) },
  }));
  return async (query, key) => (await post(url, { query }, { 'x-api-key': key })).body;
}

const forbidden = (...path: string[]) => ({ path, extensions: { code: 'FORBIDDEN' } });
const asReference = (reference: object) => reference;

test('a field inside of a key is as protected as a field that is one', async () => {
  const sent: unknown[] = [];
  const ask = await start([
    toy(
      'people',
      `type Query { person: Person people: [Person] } type Person @key(fields: "org { code }") { org: Org name: String } type Org { code: ID! ${secret} }`,
      {
        Query: {
          person: () => ({ org: { code: '7' }, name: 'Ada' }),
          people: () => [{ org: { code: '8' }, name: 'Bob' }],
        },
      },
    ),
    toy(
      'tax',
      'type Person @key(fields: "org { code }") { org: Org @external tax: String } type Org { code: ID! @external }',
      {
        Person: {
          __resolveReference: (reference: object) => {
            sent.push(reference);
            return { ...reference, tax: 'A' };
          },
        },
      },
    ),
  ]);
  const query = '{ person { name tax } people { ...P } } fragment P on Person { t: tax }';
  expect((await ask(query, 'may')).data).toEqual({ person: { name: 'Ada', tax: 'A' }, people: [{ t: 'A' }] });
  sent.length = 0;
  const { data, errors } = await ask(query, 'may-not');
  expect(data).toEqual({ person: { name: 'Ada', tax: null }, people: [{ t: null }] });
  expect(errors).toMatchObject([forbidden('person', 'tax'), forbidden('people', 't')]);
  expect(sent).toEqual([]);
});

test('what a field needs behind a union is protected, also when the field is asked of an interface', async () => {
  const owners = (id: string) =>
    `union Owner = User | Firm type User { id: ID! ${id} } type Firm { no: ID! @shareable }`;
  const toys = [
    toy('cars', `type Query { unused: Car } type Car @key(fields: "no") { no: ID! owner: Owner } ${owners(secret)}`, {
      Car: { __resolveReference: ({ no }: { no: string }) => ({ no, owner: { __typename: 'User', id: '7' } }) },
    }),
    toy(
      'tax',
      `type Query { taxed: [Taxed] } interface Taxed { tax: String }
       type Car implements Taxed @key(fields: "no") { no: ID! owner: Owner @external tax: String ${secret} @requires(fields: "owner { ... on User { id } }") }
       ${owners('@external')}`,
      {
        Query: { taxed: () => [{ __typename: 'Car', no: '1' }] },
        Car: { __resolveReference: asReference, tax: ({ owner }: { owner: { id: string } }) => `of ${owner.id}` },
      },
    ),
  ];
  // A supergraph that was composed elsewhere need not repeat the rule of what is required.
  const supergraph = composeLocal(toys).replace(/^( *tax: .*) @requiresScopes.*$/gm, '$1');
  const ask = await start(toys, supergraph);
  const query = '{ taxed { tax ... on Car { again: tax } } }';
  expect((await ask(query, 'may')).data).toEqual({ taxed: [{ tax: 'of 7', again: 'of 7' }] });
  const { data, errors } = await ask(query, 'may-not');
  expect(data).toEqual({ taxed: [{ tax: null, again: null }] });
  expect(errors).toMatchObject([forbidden('taxed', 'tax'), forbidden('taxed', 'again')]);
});

test.each([
  ['asked of the interface', '{ media { title rating } }'],
  ['asked of one of its objects', '{ media { title ... on Book { rating } } }'],
])('what an interface object adds is found by the key of its objects: %s', async (_, query) => {
  const ask = await start([
    toy(
      'shop',
      `type Query { media: Media } interface Media @key(fields: "id") { id: ID! title: String }
       type Book implements Media @key(fields: "id") { id: ID! ${secret} title: String }`,
      { Query: { media: () => ({ __typename: 'Book', id: '7', title: 'x' }) }, Media: { __resolveType: () => 'Book' } },
    ),
    toy('ratings', 'type Media @interfaceObject @key(fields: "id") { id: ID! rating: String }', {
      Media: { __resolveReference: ({ id }: { id: string }) => ({ id, rating: `R${id}` }) },
    }),
  ]);
  expect((await ask(query, 'may')).data).toEqual({ media: { title: 'x', rating: 'R7' } });
  const { data, errors } = await ask(query, 'may-not');
  expect(data).toEqual({ media: { title: 'x', rating: null } });
  expect(errors).toMatchObject([forbidden('media', 'rating')]);
});

test('what was found by a protected key leads nowhere either, however many fetches later and below another field', async () => {
  const ask = await start([
    toy(
      'people',
      `type Query { person: Person } type Person @key(fields: "number") @key(fields: "id") { id: ID! number: ID! ${secret} }`,
      { Query: { person: () => ({ id: '1', number: '7' }) } },
    ),
    toy(
      'accounts',
      'type Person @key(fields: "number") { number: ID! account: Account } type Account @key(fields: "no") { no: ID! }',
      { Person: { __resolveReference: (reference: object) => ({ ...reference, account: { no: '5' } }) } },
    ),
    toy('bank', 'type Account @key(fields: "no") { no: ID! iban: String }', {
      Account: { __resolveReference: ({ no }: { no: string }) => ({ no, iban: `DE${no}` }) },
    }),
    toy(
      'credit',
      `type Person @key(fields: "id") { id: ID! account: Account @external score: String @requires(fields: "account { iban }") }
       type Account @key(fields: "no") { no: ID! iban: String @external }`,
      {
        Person: {
          __resolveReference: asReference,
          score: ({ account }: { account: { iban: string } | null }) => `good for ${account?.iban}`,
        },
        Account: { __resolveReference: asReference },
      },
    ),
  ]);
  expect((await ask('{ person { score } }', 'may')).data).toEqual({ person: { score: 'good for DE5' } });
  const { data, errors } = await ask('{ person { id score } }', 'may-not');
  expect(data).toEqual({ person: { id: '1', score: null } });
  expect(errors).toMatchObject([forbidden('person', 'score')]);
});
