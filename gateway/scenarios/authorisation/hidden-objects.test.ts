import { afterEach, expect, test } from 'vitest';
import type { Caller, GatewayOptions } from '../../options.ts';
import { composeLocal } from '../../plan/supergraph.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, type Toy, toy } from '../toys.ts';

const caller: Caller = {
  tenantId: 't',
  userId: 'u',
  clientId: null,
  sessionId: null,
  permissions: [],
  locale: 'en',
  budget: null,
};

const asked: string[] = [];
const fail = ({ id }: { id: string }): never => {
  throw new Error(`the code of ${id} is 1234`);
};
const reference =
  (type: string) =>
  ({ id }: { id: string }) => {
    asked.push(`${type} ${id}`);
    return { __typename: type, id };
  };

/** A safe stands among the things of a room. Its type is protected, and everything about it fails with what it holds. */
const rooms = (): Toy =>
  toy(
    'rooms',
    `type Query { things: [Thing] } interface Thing { id: ID! label: String owner: Person }
     type Desk implements Thing @key(fields: "id") { id: ID! label: String owner: Person }
     type Safe implements Thing @key(fields: "id") @policy(policies: [["safes"]]) { id: ID! label: String owner: Person }
     type Person @key(fields: "id") { id: ID! }`,
    {
      Query: {
        things: () => [
          { __typename: 'Safe', id: 's', owner: { id: 'boss' } },
          { __typename: 'Desk', id: 'd', label: 'Desk', owner: { id: 'clerk' } },
        ],
      },
      Safe: { label: fail },
    },
  );
const notes = (): Toy =>
  toy(
    'notes',
    `interface Thing { id: ID! note: String }
     type Desk implements Thing @key(fields: "id") { id: ID! note: String }
     type Safe implements Thing @key(fields: "id") { id: ID! note: String }
     type Person @key(fields: "id") { id: ID! name: String }`,
    {
      Desk: { __resolveReference: reference('Desk'), note: () => 'tidy' },
      Safe: { __resolveReference: reference('Safe'), note: fail },
      Person: { __resolveReference: reference('Person'), name: ({ id }: { id: string }) => `the ${id}` },
    },
  );

let gateway: RunningGateway;
afterEach(() => gateway.close(0));

async function start(options: Partial<GatewayOptions> = {}): Promise<string> {
  const toys = [rooms(), notes()];
  // Newer composition protects the interface as well; a supergraph that was composed elsewhere need not.
  const supergraph = composeLocal(toys).replace(/(interface Thing\b[^{]*?)\s*@policy\(.*\)/, '$1');
  expect(supergraph.match(/@policy\(policies: \[\["safes"/g)).toHaveLength(1);
  gateway = await startToys(toys, {
    supergraph,
    identity: { jwks: () => ({ keys: [] }), resolveApiKey: () => Promise.resolve(caller) },
    redactErrors: false,
    ...options,
  });
  return gateway.url;
}
const query = '{ things { id label note owner { name } } }';

test('nothing is asked in the name of an object whose type is protected, and no error tells of it', async () => {
  const url = await start();
  asked.length = 0;
  const { body } = await post(url, { query }, { 'x-api-key': 'any' });
  expect(body.data).toEqual({
    things: [null, { id: 'd', label: 'Desk', note: 'tidy', owner: { name: 'the clerk' } }],
  });
  expect(body.errors).toMatchObject([
    { path: ['things', 0], extensions: { code: 'FORBIDDEN', category: 'PERMISSION' } },
  ]);
  expect(body.errors).toHaveLength(1);
  expect(JSON.stringify(body)).not.toMatch(/1234|Safe|boss/);
  expect(asked.toSorted()).toEqual(['Desk d', 'Person clerk']);
  expect((await post(url, { query })).body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('whoever may see it sees all of it', async () => {
  const url = await start({ hasPolicy: () => true });
  asked.length = 0;
  const { body } = await post(url, { query }, { 'x-api-key': 'any' });
  expect(body.data.things[0]).toEqual({ id: 's', label: null, note: null, owner: { name: 'the boss' } });
  expect(body.errors.map(({ path }: { path: string[] }) => path.join('.')).toSorted()).toEqual([
    'things.0.label',
    'things.0.note',
  ]);
  expect(asked.toSorted()).toEqual(['Desk d', 'Person boss', 'Person clerk', 'Safe s']);
});
