import type { Caller } from '@valeo/kit/caller.ts';
import { withPermissions } from '@valeo/kit/testing/two-tenants.ts';
import { expect, test } from 'vitest';
import { identityHouse } from '../testing/house.ts';

const house = await identityHouse();
const { ask, answer, owner } = house;
const one = await owner('Eins', 'chef@eins.example');
const two = await owner('Zwei', 'chef@zwei.example');

const CREATE = `mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { apiClient { id name scopes keyHint status lastUsedAt } key error { code fields { path code } } } }`;
const create = async (input: object, caller = one) => (await ask(caller, CREATE, { input })).createApiClient;
const revoke = async (id: string, caller = one) =>
  (await ask(caller, `mutation { revokeApiClient(input: { id: "${id}" }) { apiClient { status } error { code } } }`))
    .revokeApiClient;

test('a key is shown once and resolves to a caller with its scopes and budget', async () => {
  const { apiClient, key, error } = await create({ name: 'Shop', scopes: ['sales:read', 'crm:read'], budget: 5000 });
  expect(error).toBeNull();
  expect(apiClient).toMatchObject({
    name: 'Shop',
    scopes: ['sales:read', 'crm:read'],
    status: 'ACTIVE',
    lastUsedAt: null,
  });
  expect(await house.identity.resolveApiKey(key)).toEqual({
    tenantId: one.tenantId,
    userId: null,
    clientId: apiClient.id,
    sessionId: null,
    permissions: ['sales:read', 'crm:read'],
    locale: 'en',
    budget: { size: 5000, refillPerSecond: 100 },
  });
  const { apiClients } = await ask(
    one,
    '{ apiClients(filter: { status: { eq: ACTIVE } }) { totalCount edges { node { lastUsedAt } } } }',
  );
  expect(apiClients).toMatchObject({ totalCount: 1, edges: [{ node: { lastUsedAt: expect.stringMatching(/Z$/) } }] });
  const [row] = await house.sql<{ dump: string }>('SELECT json_agg(c)::text AS dump FROM identity.api_client c');
  expect(row?.dump).not.toContain(key);
});

test('an API client sees itself as viewer', async () => {
  const { key } = await create({ name: 'Selbst', scopes: ['crm:read'] });
  const caller = await house.identity.resolveApiKey(key);
  expect(caller?.budget).toBeNull();
  const { viewer } = await ask(caller, '{ viewer { name email permissions company { name } companies { id } } }');
  expect(viewer).toEqual({
    name: 'Selbst',
    email: null,
    permissions: ['crm:read'],
    company: { name: 'Eins' },
    companies: [],
  });
});

test('a revoked key is worth nothing, an invented one neither', async () => {
  const { apiClient, key } = await create({ name: 'Weg', scopes: ['crm:read'] });
  expect((await revoke(apiClient.id, two)).error.code).toBe('NOT_FOUND');
  const open = (await house.identity.resolveApiKey(key)) as Caller;
  expect(await house.identity.renew(open)).toMatchObject({ clientId: apiClient.id, permissions: ['crm:read'] });
  expect((await revoke(apiClient.id)).apiClient.status).toBe('REVOKED');
  expect((await revoke(apiClient.id)).error.code).toBe('NOT_FOUND');
  for (const bad of [key, `${key}x`, key.slice(6), 'valeo_', '', `valeo_${'A'.repeat(64)}`]) {
    expect(await house.identity.resolveApiKey(bad)).toBeNull();
  }
  expect(await house.identity.renew(open)).toBeNull();
});

test('SCOPE_NOT_ALLOWED: nobody gives a program more than he may do himself', async () => {
  const manager = withPermissions(one, 'clients:manage', 'crm:read');
  expect((await create({ name: 'Viel', scopes: ['crm:read', 'finance:post'] }, manager)).error).toEqual({
    code: 'SCOPE_NOT_ALLOWED',
    fields: [{ path: 'scopes.1', code: 'SCOPE_NOT_ALLOWED' }],
  });
});

test('INVALID_INPUT, FORBIDDEN, TOO_MANY, and another company sees nothing', async () => {
  const { error } = await create({ name: '', scopes: ['alles'], budget: 1 });
  expect(error.fields.map(({ path }: { path: string }) => path)).toEqual(['name', 'scopes.0', 'budget']);
  const refused = await answer(withPermissions(one, 'crm:read'), CREATE, {
    input: { name: 'X', scopes: ['crm:read'] },
  });
  expect(refused.errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect((await ask(two, '{ apiClients { totalCount } }')).apiClients.totalCount).toBe(0);
  await house.sql(
    `INSERT INTO identity.api_client (id, tenant_id, name, key_hash, key_hint, scopes)
     SELECT gen_random_uuid(), $1, 'n', 'h' || n, '', '{}' FROM generate_series(1, 200) n`,
    [two.tenantId],
    two,
  );
  expect((await create({ name: 'Zu viel', scopes: ['crm:read'] }, two)).error.code).toBe('TOO_MANY');
});
