import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { exportJWK, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Caller } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, type ToyCall, toy } from '../toys.ts';

const newKey = (): { publicKey: KeyObject; privateKey: KeyObject } => generateKeyPairSync('ed25519');
const ours = newKey();
const next = newKey();
const stranger = newKey();
let published: JWK[] = [];
const ended = new Set<string>();
let isAway = false;

const who = toy(
  'who',
  'type Query { who: String mine: String @authenticated } type Mutation { signIn: Boolean } type Subscription { tick: Int @authenticated }',
  {
    Query: { who: (_: unknown, __: unknown, { call }: ToyCall) => call.caller?.userId ?? 'nobody', mine: () => 'mine' },
    Mutation: {
      signIn: (_: unknown, __: unknown, { call }: ToyCall) => {
        call.http?.setCookie('valeo_access', 'token', { maxAgeSeconds: 600 });
        return Object.keys(call.http?.cookies ?? {}).length > 0;
      },
    },
    Subscription: {
      tick: {
        async *subscribe() {
          for (let tick = 0; ; tick++) {
            yield { tick };
            await sleep(10);
          }
        },
      },
    },
  },
);

let gateway: RunningGateway;
beforeAll(async () => {
  published = [{ ...(await exportJWK(ours.publicKey)), kid: 'one', alg: 'EdDSA', use: 'sig' }];
  gateway = await startToys([who], {
    identity: {
      jwks: () => ({ keys: published }),
      resolveApiKey: (key) =>
        isAway ? Promise.reject(new Error('The database is away')) : Promise.resolve(key === 'good' ? apiClient : null),
      isSessionActive(session) {
        if (isAway) throw new Error('The database is away');
        return !ended.has(session);
      },
      sessionCheckMs: 20,
      allowedOrigins: ['https://app.example'],
    },
  });
});
afterAll(() => gateway.close(0));

const apiClient: Caller = {
  tenantId: 't',
  userId: null,
  clientId: 'c',
  sessionId: null,
  permissions: [],
  locale: 'en',
  budget: null,
};
const claims = { tid: 'company', sid: 'session', scope: 'sales:read', locale: 'de' };

function token(
  change: {
    header?: object;
    claims?: object;
    key?: KeyObject;
    expires?: string | number;
    audience?: string;
    issuer?: string;
  } = {},
): Promise<string> {
  return new SignJWT({ ...claims, ...change.claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'one', ...change.header })
    .setSubject('anna')
    .setIssuer(change.issuer ?? 'valeo')
    .setAudience(change.audience ?? 'valeo-api')
    .setIssuedAt()
    .setExpirationTime(change.expires ?? '10m')
    .sign(change.key ?? ours.privateKey);
}

const ask = (headers: Record<string, string>) => post(gateway.url, { query: '{ who }' }, headers);
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a good token names its user; without one the caller is nobody', async () => {
  expect((await ask({ authorization: `Bearer ${await token()}` })).body.data.who).toBe('anna');
  expect((await ask({})).body.data.who).toBe('nobody');
});

test('a key that was rotated in is fetched when a token first names it, and the old one still works', async () => {
  published = [...published, { ...(await exportJWK(next.publicKey)), kid: 'two', alg: 'EdDSA' }];
  await sleep(5_100);
  const rotated = await token({ key: next.privateKey, header: { kid: 'two' } });
  expect((await ask({ authorization: `Bearer ${rotated}` })).body.data.who).toBe('anna');
  expect((await ask({ authorization: `Bearer ${await token()}` })).body.data.who).toBe('anna');
}, 20_000);

test('while nobody can say who asks, it is to be tried again, and nobody is taken for a stranger', async () => {
  const access = await token({ claims: { sid: 'unasked' } });
  const shown: Record<string, string>[] = [
    { authorization: `Bearer ${access}` },
    { 'x-api-key': 'unasked' },
    { cookie: `valeo_access=${access}`, 'x-valeo-client': 'web', 'sec-fetch-site': 'same-origin' },
  ];
  isAway = true;
  try {
    for (const headers of shown) {
      const { status, headers: given, body } = await ask(headers);
      expect([status, given.get('retry-after')]).toEqual([503, '1']);
      expect(body.errors[0].extensions).toMatchObject({ code: 'GATEWAY_UNAVAILABLE', retryable: true });
    }
    expect((await ask({})).body.data.who).toBe('nobody');
  } finally {
    isAway = false;
  }
  expect((await ask({ authorization: `Bearer ${access}` })).body.data.who).toBe('anna');
});

describe('no forged or misused token gets in', () => {
  const payload = { ...claims, sub: 'anna', iss: 'valeo', aud: 'valeo-api', exp: Math.floor(Date.now() / 1000) + 600 };
  const attacks: [string, () => Promise<string> | string][] = [
    ['alg none', () => `${part({ alg: 'none', typ: 'at+jwt' })}.${part(payload)}.`],
    ['alg none with a signature', () => `${part({ alg: 'None', typ: 'at+jwt', kid: 'one' })}.${part(payload)}.AAAA`],
    [
      'our public key used as an HMAC secret',
      () => {
        const body = `${part({ alg: 'HS256', typ: 'at+jwt', kid: 'one' })}.${part(payload)}`;
        const secret = ours.publicKey.export({ type: 'spki', format: 'pem' });
        return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
      },
    ],
    ["a stranger's key under our key id", () => token({ key: stranger.privateKey })],
    ['an unknown key id', () => token({ key: stranger.privateKey, header: { kid: 'nope' } })],
    ['a key id that is a path', () => token({ key: stranger.privateKey, header: { kid: '../../../dev/null' } })],
    ['a key id that is SQL', () => token({ key: stranger.privateKey, header: { kid: "x' UNION SELECT '1" } })],
    [
      'a key brought along in the header',
      async () => token({ key: stranger.privateKey, header: { jwk: await exportJWK(stranger.publicKey) } }),
    ],
    [
      'a key address in the header',
      () => token({ key: stranger.privateKey, header: { jku: 'http://127.0.0.1:1/keys', kid: 'x' } }),
    ],
    [
      'a certificate address in the header',
      () => token({ key: stranger.privateKey, header: { x5u: 'http://127.0.0.1:1/cert' } }),
    ],
    ['an unknown critical header', () => token({ header: { crit: ['exp'], exp: 1 } }).catch(() => 'a.b.c')],
    ['an expired token', () => token({ expires: Math.floor(Date.now() / 1000) - 60 })],
    [
      'a token without an end',
      async () => {
        const unsigned = new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'one' });
        return unsigned.setSubject('anna').setIssuer('valeo').setAudience('valeo-api').sign(ours.privateKey);
      },
    ],
    ['a token that is not valid yet', () => token({ claims: { nbf: Math.floor(Date.now() / 1000) + 600 } })],
    [
      'an end that is text',
      () => `${part({ alg: 'EdDSA', typ: 'at+jwt', kid: 'one' })}.${part({ ...payload, exp: '9999999999' })}.AAAA`,
    ],
    ['an id token', () => token({ header: { typ: 'JWT' } })],
    ['a refresh token', () => token({ header: { typ: 'rt+jwt' } })],
    ["another service's audience", () => token({ audience: 'other' })],
    ["another issuer's token", () => token({ issuer: 'https://evil.example' })],
    ['a token without a company', () => token({ claims: { tid: undefined } })],
    [
      'a changed payload',
      async () => {
        const [header, , signature] = (await token()).split('.');
        return `${header}.${part({ ...payload, sub: 'root' })}.${signature}`;
      },
    ],
    ['a cut signature', async () => (await token()).slice(0, -8)],
    ['no token at all', () => 'x'],
  ];
  test.each(attacks)('%s', async (_, forge) => {
    const { status, body, headers } = await ask({ authorization: `Bearer ${await forge()}` });
    expect(status).toBe(401);
    expect(body.data).toBeUndefined();
    expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(headers.get('www-authenticate')).toContain('Bearer');
  });

  test('headers that only we may send are not believed', async () => {
    const forged = { 'x-valeo-caller': part({ caller: { userId: 'root' } }), 'x-forwarded-user': 'root' };
    expect((await ask(forged)).body.data.who).toBe('nobody');
  });

  test('a session that was ended', async () => {
    const bearer = { authorization: `Bearer ${await token({ claims: { sid: 'gone' } })}` };
    expect((await ask(bearer)).status).toBe(200);
    ended.add('gone');
    expect((await ask(bearer)).status).toBe(401);
  });
});

test('API keys: a good one names its client, a bad one is refused', async () => {
  expect((await post(gateway.url, { query: '{ mine }' }, { 'x-api-key': 'good' })).body.data.mine).toBe('mine');
  expect((await ask({ 'x-api-key': 'bad' })).status).toBe(401);
});

describe('cookies', () => {
  const cookie = async () => ({ cookie: `other=1; valeo_access=${await token()}` });

  test('count for requests of our own pages that carry the client header', async () => {
    const headers = { ...(await cookie()), 'x-valeo-client': 'web', 'sec-fetch-site': 'same-origin' };
    expect((await ask(headers)).body.data.who).toBe('anna');
    const byOrigin = { ...(await cookie()), 'x-valeo-client': 'web', origin: 'https://app.example' };
    expect((await ask(byOrigin)).body.data.who).toBe('anna');
  });

  test.each([
    ['without the client header', { 'sec-fetch-site': 'same-origin' }],
    ['from another site', { 'x-valeo-client': 'web', 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['from a sandboxed page', { 'x-valeo-client': 'web', origin: 'null' }],
    [
      'from a neighbour domain',
      { 'x-valeo-client': 'web', 'sec-fetch-site': 'same-site', origin: 'https://app.example.evil' },
    ],
    ['from nowhere', { 'x-valeo-client': 'web' }],
  ])('are refused %s', async (_, headers) => {
    const { status, body } = await ask({ ...(await cookie()), ...headers } as Record<string, string>);
    expect(status).toBe(403);
    expect(body.errors[0].extensions.code).toBe('CSRF_REJECTED');
  });

  test('an access cookie that has run out does not stand in the way of signing in again', async () => {
    const headers = {
      cookie: 'valeo_access=old; valeo_refresh=r',
      'x-valeo-client': 'web',
      'sec-fetch-site': 'same-origin',
    };
    expect((await ask(headers)).body.data.who).toBe('nobody');
  });

  test('are set for the browser by the subgraph, and shown to it only when the request is ours', async () => {
    const signIn = (headers: Record<string, string>) => post(gateway.url, { query: 'mutation { signIn }' }, headers);
    const foreign = await signIn({ cookie: 'valeo_refresh=r' });
    expect(foreign.body.data.signIn).toBe(false);
    expect(foreign.headers.get('set-cookie')).toBe(
      'valeo_access=token; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax',
    );
    const own = await signIn({ cookie: 'valeo_refresh=r', 'x-valeo-client': 'web', 'sec-fetch-site': 'same-origin' });
    expect(own.body.data.signIn).toBe(true);
  });
});

describe('open connections', () => {
  const connect = (connectionParams: Record<string, unknown>, headers: Record<string, string> = {}) => {
    let code = 0;
    const client = createClient({
      url: gateway.url.replace('http', 'ws'),
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { headers });
        }
      },
      retryAttempts: 0,
      connectionParams,
      on: {
        closed: (event) => {
          code = (event as { code: number }).code;
        },
      },
    });
    return { client, code: () => code };
  };

  test('end with 4403 when the session is ended', async () => {
    const { client, code } = connect({ authorization: `Bearer ${await token({ claims: { sid: 'short' } })}` });
    const ticks = client.iterate({ query: 'subscription { tick }' });
    expect((await ticks.next()).value).toMatchObject({ data: { tick: 0 } });
    ended.add('short');
    await expect(
      (async () => {
        for await (const _ of ticks);
      })(),
    ).rejects.toBeDefined();
    expect(code()).toBe(4403);
  });

  test('end with 4403 when the access token runs out', async () => {
    const { client, code } = connect({ authorization: `Bearer ${await token({ expires: '1s' })}` });
    const ticks = client.iterate({ query: 'subscription { tick }' });
    await expect(
      (async () => {
        for await (const _ of ticks);
      })(),
    ).rejects.toBeDefined();
    expect(code()).toBe(4403);
  });

  test('are refused with 4403 for a bad token', async () => {
    const { client, code } = connect({ authorization: 'Bearer nonsense' });
    await expect(client.iterate({ query: '{ who }' }).next()).rejects.toBeDefined();
    expect(code()).toBe(4403);
  });

  test.each<[string, (authorization: string) => [first: Record<string, unknown>, handshake?: Record<string, string>]]>([
    ['in the first message', (authorization) => [{ Authorization: authorization }]],
    ['under headers in the first message', (authorization) => [{ headers: { authorization } }]],
    ['in the handshake', (authorization) => [{}, { authorization }]],
  ])('take a token %s', async (_, given) => {
    const { client } = connect(...given(`Bearer ${await token()}`));
    expect((await client.iterate({ query: '{ who }' }).next()).value).toMatchObject({ data: { who: 'anna' } });
    await client.dispose();
  });

  test('are refused with 4403 for bad credentials in the handshake', async () => {
    for (const [name, value] of Object.entries({ authorization: 'Bearer nonsense', 'x-api-key': 'bad' })) {
      const { client, code } = connect({}, { [name]: value });
      await expect(client.iterate({ query: '{ who }' }).next()).rejects.toBeDefined();
      expect(code()).toBe(4403);
    }
  });

  test("take the cookie of our own page, and nobody else's", async () => {
    const cookie = `valeo_access=${await token()}`;
    const own = connect({}, { cookie, origin: 'https://app.example' });
    expect((await own.client.iterate({ query: '{ who }' }).next()).value).toMatchObject({ data: { who: 'anna' } });
    const foreign = connect({}, { cookie, origin: 'https://evil.example' });
    expect((await foreign.client.iterate({ query: '{ who }' }).next()).value).toMatchObject({
      data: { who: 'nobody' },
    });
    await own.client.dispose();
    await foreign.client.dispose();
  });
});
