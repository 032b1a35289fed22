import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { exportJWK, exportSPKI, type GenerateKeyPairResult, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { post, type ServedToy, serve, toy } from '../toys.ts';
import { run } from './testing/program.ts';

/** An issuer of tokens as they are run elsewhere: keys at an address, of several kinds, replaced now and then. */

const shop = toy(
  'shop',
  `type Query {
    open: Int
    mine: Int @authenticated
    read: Int @requiresScopes(scopes: [["items:read"]])
    manage: Int @policy(policies: [["manager"]])
  }`,
  { Query: { open: () => 1, mine: () => 2, read: () => 3, manage: () => 4 } },
);

const issuer = 'https://issuer.example';
const algorithms = ['EdDSA', 'ES256', 'RS256'] as const;
const pairs = new Map<string, GenerateKeyPairResult & { alg: string }>();
let published: string[] = [...algorithms];
let isDown = false;
let asked = 0;

let folder: string;
let supergraph: string;
let served: ServedToy;
let keys: http.Server;
let jwks: string;

async function publicKeys(): Promise<{ keys: JWK[] }> {
  const known = published.flatMap((kid) => {
    const pair = pairs.get(kid);
    return pair ? [{ kid, ...pair }] : [];
  });
  return {
    keys: await Promise.all(
      known.map(async ({ kid, alg, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg })),
    ),
  };
}

beforeAll(async () => {
  for (const alg of algorithms) pairs.set(alg, { alg, ...(await generateKeyPair(alg, { extractable: true })) });
  pairs.set('next', { alg: 'ES256', ...(await generateKeyPair('ES256')) });
  keys = http.createServer(async (_, res) => {
    asked++;
    if (isDown) return void res.writeHead(503).end();
    res.setHeader('content-type', 'application/jwk-set+json').end(JSON.stringify(await publicKeys()));
  });
  keys.listen(0, '127.0.0.1');
  await once(keys, 'listening');
  jwks = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/keys`;
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-'));
  supergraph = path.join(folder, 'supergraph.graphql');
  served = await serve(shop);
  writeFileSync(
    supergraph,
    composeServices([{ name: 'shop', url: served.url, typeDefs: parse(shop.sdl) }]).supergraphSdl as string,
  );
});
afterAll(() => {
  served.close();
  keys.close();
  rmSync(folder, { recursive: true });
});

const gateway = (place: string, ...more: string[]) =>
  run(['--supergraph', supergraph, '--port', '0', '--issuer', issuer, '--audience', 'shop', ...more], {
    GATEWAY_JWKS: place,
  });

function token(kid: string, claims: object = {}, header: object = {}): Promise<string> {
  const { alg, privateKey } = pairs.get(kid) as GenerateKeyPairResult & { alg: string };
  return new SignJWT({ sub: 'anna', iss: issuer, aud: ['shop', 'other'], ...claims })
    .setProtectedHeader({ alg, kid, ...header })
    .setExpirationTime('10m')
    .sign(privateKey);
}

const query = '{ open mine read manage }';
async function ask(url: string, bearer?: string) {
  const { status, body } = await post(url, { query }, bearer ? { authorization: `Bearer ${bearer}` } : {});
  return { status, data: body.data, code: body.errors?.[0].extensions.code };
}
const ready = async (url: string) => {
  const response = await fetch(url.replace('/graphql', '/health/ready'));
  const { dependencies } = (await response.json()) as { dependencies: { keys?: string } };
  return [response.status, dependencies.keys];
};
const all = { open: 1, mine: 2, read: 3, manage: 4 };
const withScope = { scope: 'openid items:read' };

test('tokens of any issuer are verified by its keys; scopes and roles are read where it writes them', async () => {
  const { url, output, stop } = gateway(
    jwks,
    '--scopes-claim',
    'access.scp',
    '--roles-claim',
    'https://roles.example/r',
  );
  const address = await url();
  expect(output()).toContain(`identity: tokens of ${issuer}`);
  expect(await ready(address)).toEqual([200, 'current']);
  expect(await ask(address)).toEqual({
    status: 200,
    data: { ...all, mine: null, read: null, manage: null },
    code: 'UNAUTHENTICATED',
  });
  for (const kid of algorithms) {
    const rights = { access: { scp: ['items:read'] }, 'https://roles.example/r': ['manager'] };
    expect(await ask(address, await token(kid, rights))).toEqual({ status: 200, data: all });
  }
  // A role is no scope, whatever it is called.
  const role = await token('ES256', { 'https://roles.example/r': 'items:read' });
  expect((await ask(address, role)).data).toEqual({ ...all, read: null, manage: null });

  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = part({ sub: 'root', iss: issuer, aud: 'shop', exp: Math.floor(Date.now() / 1000) + 600 });
  const hmac = `${part({ alg: 'HS256', kid: 'RS256' })}.${claims}`;
  const publicPem = await exportSPKI((pairs.get('RS256') as GenerateKeyPairResult).publicKey);
  const refused = [
    `${part({ alg: 'none' })}.${claims}.`,
    `${hmac}.${createHmac('sha256', publicPem).update(hmac).digest('base64url')}`,
    await token('EdDSA', { iss: 'https://evil.example' }),
    await token('EdDSA', { aud: 'other' }),
    await token('EdDSA', { sub: undefined }),
    await token('next', {}, { kid: 'ES256' }),
  ];
  for (const bearer of refused) expect(await ask(address, bearer)).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
  await stop();
}, 60_000);

test('keys are asked for once, again when a token names an unknown one, and not more often than every few seconds', async () => {
  const { url, stop } = gateway(jwks);
  const address = await url();
  asked = 0;
  for (let i = 0; i < 3; i++)
    expect((await ask(address, await token('ES256', { ...withScope, jti: String(i) }))).data.read).toBe(3);
  expect(asked).toBe(1);

  await sleep(5_100);
  published = ['ES256', 'next'];
  const [rotated, ...strangers] = await Promise.all([
    ask(address, await token('next', withScope)),
    ...Array.from({ length: 20 }, async (_, i) => ask(address, await token('next', {}, { kid: `made up ${i}` }))),
  ]);
  expect(rotated.data.read).toBe(3);
  for (const one of strangers) expect(one.status).toBe(401);
  expect(asked).toBe(2);
  // What was signed by a key that is gone no longer counts.
  expect((await ask(address, await token('RS256'))).status).toBe(401);
  expect((await ask(address, await token('ES256'))).status).toBe(200);
  expect(asked).toBe(2);
  published = [...algorithms];
  await stop();
}, 60_000);

test('without keys the gateway is not ready and says so; once it has them it goes on without their address', async () => {
  isDown = true;
  const { url, stop } = gateway(jwks);
  const address = await url();
  expect(await ready(address)).toEqual([503, 'missing']);
  expect(await ask(address, await token('ES256'))).toMatchObject({ status: 503, code: 'GATEWAY_UNAVAILABLE' });
  expect((await ask(address)).data.open).toBe(1);
  isDown = false;
  await expect.poll(() => ready(address), { timeout: 15_000, interval: 500 }).toEqual([200, 'current']);
  expect((await ask(address, await token('ES256'))).status).toBe(200);

  isDown = true;
  await sleep(5_100);
  expect((await ask(address, await token('next'))).status).toBe(503);
  expect(await ready(address)).toEqual([200, 'kept, not to be had at the moment']);
  expect((await ask(address, await token('ES256', { jti: 'new' }))).status).toBe(200);
  isDown = false;
  await stop();
}, 60_000);

test('keys from a file, for one kind of signature and one type of token', async () => {
  const file = path.join(folder, 'keys.json');
  writeFileSync(file, JSON.stringify(await publicKeys()));
  const { url, stop } = gateway(file, '--algorithms', 'ES256', '--token-type', 'at+jwt');
  const address = await url();
  const statusOf = async (kid: string, typ: string) => (await ask(address, await token(kid, {}, { typ }))).status;
  expect(await statusOf('ES256', 'at+jwt')).toBe(200);
  expect(await statusOf('ES256', 'JWT')).toBe(401);
  expect(await statusOf('RS256', 'at+jwt')).toBe(401);
  await stop();
}, 60_000);
