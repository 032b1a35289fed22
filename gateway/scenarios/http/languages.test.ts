import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Caller } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';

/** Errors of the gateway itself speak the language that the request asks for, whatever its caller speaks otherwise. */

const shop = toy('shop', 'type Query { mine: Int @authenticated broken: Int! ok: Int }', {
  Query: { mine: () => 1, broken: () => null, ok: () => 1 },
});
const program: Caller = {
  tenantId: 't',
  userId: null,
  clientId: 'shop',
  sessionId: null,
  permissions: [],
  locale: 'de',
  budget: null,
};

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startToys([shop], {
    identity: { jwks: () => ({ keys: [] }), resolveApiKey: () => Promise.resolve(program) },
  });
});
afterAll(() => gateway.close(0));

const tell = async (body: unknown, headers: Record<string, string>) => {
  const { errors } = (await post(gateway.url, body, headers)).body;
  return [errors[0].extensions.code, errors[0].message];
};

test.each([
  ['a refusal', [], 'BAD_REQUEST', 'The batch is empty.', 'Der Stapel ist leer.'],
  [
    'a limit',
    { query: `{ ${'ok '.repeat(60)} }` },
    'OPERATION_TOO_COMPLEX',
    'The operation has more than 50 root fields.',
    'Die Operation hat mehr als 50 oberste Felder.',
  ],
  [
    'a field',
    { query: '{ mine }' },
    'UNAUTHENTICATED',
    'Sign in to see Query.mine.',
    'Melden Sie sich an, um Query.mine zu sehen.',
  ],
])('%s', async (_, body, code, english, german) => {
  for (const language of ['', 'en', 'fr', 'en-GB, de;q=0.9', 'de;q=0.5,en;q=0.8', 'x'.repeat(5_000)])
    expect(await tell(body, { 'accept-language': language })).toEqual([code, english]);
  for (const language of ['de', 'de-AT,en;q=0.5', 'fr, de;q=0.8, en;q=0.7', 'en;q=0.3, DE'])
    expect(await tell(body, { 'accept-language': language })).toEqual([code, german]);
});

test('programs are told in English unless they ask for German, whatever the language of their company', async () => {
  const body = { query: '{ ok }', operationName: 'Other' };
  expect(await tell(body, { 'x-api-key': 'k' })).toContain('Unknown operation named "Other".');
  const german = { 'x-api-key': 'k', 'accept-language': 'de' };
  expect(await tell(body, german)).toContain('Es gibt keine Operation mit dem Namen "Other".');
});

test('pages and WebSockets as well', async () => {
  const page = await fetch(gateway.url.replace('/graphql', '/nowhere'), { headers: { 'accept-language': 'de' } });
  expect(await page.json()).toMatchObject({ errors: [{ message: 'Unter dieser Adresse gibt es nichts.' }] });
  const client = createClient({
    url: gateway.url.replace('http', 'ws'),
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { headers: { 'accept-language': 'de' } });
      }
    },
    retryAttempts: 0,
  });
  const refused = client.iterate({ query: '{ ok }', operationName: 'Other' }).next();
  await expect(refused).rejects.toMatchObject([{ message: 'Es gibt keine Operation mit dem Namen "Other".' }]);
  await client.dispose();
});
