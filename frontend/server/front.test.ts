import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFront, type Front } from './front.ts';

// A gateway of our own stands behind the front, so that every byte of both sides can be looked at.
let gateway: Server;
let onGateway: (request: IncomingMessage, response: ServerResponse) => void;
let onPage: (request: IncomingMessage, response: ServerResponse) => void;
let front: Front;
let port: number;
let seen: { operation: string; cookie: string | undefined }[];

const base = (): string => `http://127.0.0.1:${port}`;
const token = (secondsLeft: number): string =>
  `x.${Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + secondsLeft })).toString('base64url')}.x`;
const bodyOf = async (message: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of message) text += chunk;
  return text;
};

beforeEach(async () => {
  seen = [];
  onGateway = answerSession({ refreshSession: { error: null } }, [
    'valeo_access=new; Path=/; HttpOnly',
    'valeo_refresh=next; Path=/; HttpOnly',
  ]);
  onPage = (_request, response) => response.end('page');
  gateway = createServer((request, response) => onGateway(request, response));
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const gatewayUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  front = createFront({ gatewayUrl, publicUrl: 'https://erp.example', pages: async (req, res) => onPage(req, res) });
  port = await front.listen('127.0.0.1', 0);
});

afterEach(async () => {
  await front.close(0);
  gateway.closeAllConnections();
  gateway.close();
});

function answerSession(data: object, setCookies: string[]) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { operationName } = JSON.parse(await bodyOf(request));
    seen.push({ operation: operationName, cookie: request.headers.cookie });
    response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': setCookies });
    response.end(JSON.stringify({ data }));
  };
}

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${base()}${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    headers: { origin: base(), ...headers },
  });

test('the graph gets the request as it was sent, and the client the answer', async () => {
  onGateway = async (request, response) => {
    response.writeHead(418, { 'x-kept': 'yes', 'x-request-id': String(request.headers['x-request-id']) });
    response.end(`${request.method} ${request.url} ${request.headers.host} ${await bodyOf(request)}`);
  };
  const response = await fetch(`${base()}/graphql?a=%20b`, { method: 'POST', body: '{"query":"{ü}"}' });
  expect(response.status).toBe(418);
  expect(response.headers.get('x-kept')).toBe('yes');
  expect(await response.text()).toBe(`POST /graphql?a=%20b 127.0.0.1:${port} {"query":"{ü}"}`);
});

test('the graph hears the language of the page, and from a program what it says itself', async () => {
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    void response.end(request.headers['accept-language'] ?? 'none');
  onGateway = answer;
  onPage = answer;
  const heard = async (path: string, headers: Record<string, string>) =>
    (await fetch(`${base()}${path}`, { headers: { 'accept-language': 'fr', ...headers } })).text();
  const english = { cookie: 'valeo-display=theme%3Ddark%26locale%3Den' };
  const web = { 'x-valeo-client': 'web' };
  expect(await heard('/graphql', { ...web, ...english, 'accept-language': 'de-DE' })).toBe('en');
  expect(await heard('/files/7', english)).toBe('en');
  expect(await heard('/sales/invoices', english)).toBe('en');
  expect(await heard('/graphql', { ...web, 'accept-language': 'en-GB,de;q=0.5' })).toBe('en');
  expect(await heard('/graphql', { ...web, cookie: 'valeo-display=%E0%A4%A' })).toBe('de');
  expect(await heard('/graphql', english)).toBe('fr');
});

test('files and captured mails are looked at like pages; nothing else of the gateway is', async () => {
  onGateway = (request, response) => response.end(request.headers['x-valeo-client'] ?? 'none');
  const asked = async (path: string, method = 'GET') =>
    (await fetch(`${base()}${path}`, { method, headers: { cookie: 'valeo_access=mine' } })).text();
  expect([await asked('/mail'), await asked('/mail/7'), await asked('/files/7')]).toEqual(['web', 'web', 'web']);
  expect([await asked('/mail', 'POST'), await asked('/explorer'), await asked('/graphql')]).toEqual([
    'none',
    'none',
    'none',
  ]);
});

test('captured mails are not there for whom a proxy of this machine speaks', async () => {
  onGateway = (_request, response) => response.end('mails');
  onPage = (_request, response) => response.end('page');
  const response = await fetch(`${base()}/mail`, { headers: { 'x-forwarded-for': '203.0.113.5' } });
  expect(await response.text()).toBe('page');
});

test('whom the front was asked by stands after what a proxy said, or a client made up', async () => {
  onGateway = (request, response) => response.end(request.headers['x-forwarded-for']);
  const response = await fetch(`${base()}/graphql`, { headers: { 'x-forwarded-for': '6.6.6.6' } });
  expect(await response.text()).toBe('6.6.6.6, 127.0.0.1');
});

test('the head and each event of a stream arrive before the next one is sent', async () => {
  const steps: ServerResponse[] = [];
  onGateway = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    steps.push(response);
  };
  const response = await fetch(`${base()}/graphql`, {
    headers: { accept: 'text/event-stream', 'accept-encoding': 'gzip, br' },
  });
  expect(response.headers.get('content-encoding')).toBeNull();
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (const event of ['event: next\ndata: 1\n\n', 'event: complete\n\n']) {
    steps[0]?.write(event);
    expect((await reader?.read())?.value).toBe(event);
  }
  const closed = once(steps[0] as ServerResponse, 'close');
  await reader?.cancel();
  await closed; // A client that goes away ends the stream at the gateway too.
});

test('a WebSocket is piped in both directions', async () => {
  gateway.on('upgrade', (request, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-protocol: ${request.headers['sec-websocket-protocol']}\r\n\r\n`,
    );
    socket.on('data', (chunk: Buffer) => socket.write(chunk.toString().toUpperCase()));
  });
  const upgrade = request(`${base()}/graphql`, {
    headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-protocol': 'graphql-transport-ws' },
  });
  upgrade.end();
  const [answer, socket] = await once(upgrade, 'upgrade');
  expect(answer.headers['sec-websocket-protocol']).toBe('graphql-transport-ws');
  socket.write('hello');
  expect(String((await once(socket, 'data'))[0])).toBe('HELLO');
  socket.destroy();
});

test('a WebSocket that the gateway refuses gets its answer', async () => {
  onGateway = (_request, response) => response.writeHead(403).end('no');
  const upgrade = request(`${base()}/graphql`, { headers: { connection: 'Upgrade', upgrade: 'websocket' } });
  upgrade.end();
  const [answer] = await once(upgrade, 'response');
  expect(answer.statusCode).toBe(403);
  answer.destroy();
});

test('a client that offers another protocol is answered in this one', async () => {
  onGateway = async (request, response) => response.end(`${request.headers.upgrade} ${await bodyOf(request)}`);
  const offer = request(`${base()}/graphql`, {
    method: 'POST',
    headers: { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABk' },
  });
  offer.end('{}');
  const [answer] = await once(offer, 'response');
  expect([answer.statusCode, await bodyOf(answer)]).toEqual([200, 'undefined {}']);
});

test('a gateway that is away gives the standard error, which says that trying again helps', async () => {
  gateway.closeAllConnections();
  gateway.close();
  const response = await fetch(`${base()}/graphql`, {
    method: 'POST',
    body: '{}',
    headers: { 'x-request-id': 'given-id-1' },
  });
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: 'GATEWAY_UNAVAILABLE', retryable: true, requestId: 'given-id-1' } }],
  });
});

test('every answer carries a request id, also pages and errors', async () => {
  onGateway = (_request, response) => response.end();
  for (const path of ['/', '/health/live', '/auth/sign-in', '/graphql']) {
    const response = await fetch(`${base()}${path}`);
    expect(response.headers.get('x-request-id'), path).toMatch(/^[\w-]{8,64}$/);
  }
});

test('a page of a session that ran out sees the renewed session, and the browser gets it', async () => {
  onPage = (request, response) => response.setHeader('set-cookie', 'other=1').end(request.headers.cookie);
  const cookie = `a=b; valeo_access=${token(-1)}; valeo_refresh=old`;
  const response = await fetch(`${base()}/sales/invoices`, { headers: { cookie } });
  expect(await response.text()).toBe('a=b; valeo_access=new; valeo_refresh=next');
  expect(response.headers.getSetCookie()).toEqual(
    expect.arrayContaining([
      'other=1',
      expect.stringMatching(/^valeo_access=new/),
      expect.stringMatching(/^valeo_refresh=next/),
    ]),
  );
  expect(seen).toEqual([{ operation: 'RefreshSession', cookie }]);
});

test('pages that come at once with the same session renew it once', async () => {
  const cookie = 'valeo_refresh=old';
  await Promise.all(Array.from({ length: 5 }, () => fetch(`${base()}/`, { headers: { cookie } })));
  expect(seen).toHaveLength(1);
});

test.each([
  ['a session with time left', '/', `valeo_access=${token(600)}; valeo_refresh=r`],
  ['a stranger', '/', ''],
  ['an asset', '/_next/static/chunk.js', 'valeo_refresh=r'],
])('%s is not renewed', async (_name, path, cookie) => {
  await fetch(`${base()}${path}`, { headers: { cookie } });
  expect(seen).toEqual([]);
});

test('a page is shown as it is when the session cannot be renewed', async () => {
  onGateway = (request) => request.socket.destroy();
  const response = await fetch(`${base()}/`, { headers: { cookie: 'valeo_refresh=r' } });
  expect(await response.text()).toBe('page');
});

test('signing in by form sets the cookies and leads to the page that was asked for', async () => {
  onGateway = answerSession({ signIn: { error: null } }, ['valeo_access=a; HttpOnly', 'valeo_refresh=r; HttpOnly']);
  const response = await post('/auth/sign-in', {
    email: 'me@valeo.example',
    password: 'p',
    next: '/sales/invoices?a=1',
  });
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe('/sales/invoices?a=1');
  expect(response.headers.getSetCookie()).toEqual(['valeo_access=a; HttpOnly', 'valeo_refresh=r; HttpOnly']);
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/a\nb'])(
  'after signing in nobody is led to %j',
  async (next) => {
    onGateway = answerSession({ signIn: { error: null } }, []);
    const response = await post('/auth/sign-in', { email: 'a', password: 'b', next });
    expect(response.headers.get('location')).toBe('/');
  },
);

test('a refused sign-in leads back with its code, and the password is in no address', async () => {
  onGateway = answerSession({ signIn: { error: { code: 'INVALID_CREDENTIALS' } } }, []);
  const response = await post('/auth/sign-in', { email: 'me@valeo.example', password: 'hidden-secret' });
  expect(response.headers.get('location')).toBe('/sign-in?error=INVALID_CREDENTIALS&email=me%40valeo.example');
});

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['a hidden origin', { origin: 'null' }],
])('a form of %s is refused before the graph sees it', async (_name, headers) => {
  expect((await post('/auth/sign-in', { email: 'a', password: 'b' }, headers)).status).toBe(403);
  expect(seen).toEqual([]);
});

test('a form under the public address is accepted', async () => {
  const response = await post('/auth/sign-in', { email: 'a', password: 'b' }, { origin: 'https://erp.example' });
  expect(response.status).toBe(303);
});

test('forms are bounded, and nothing but a form is taken', async () => {
  expect((await post('/auth/sign-in', { email: 'x'.repeat(20_000) })).status).toBe(413);
  expect((await fetch(`${base()}/auth/sign-in`)).status).toBe(405);
  expect(
    (
      await fetch(`${base()}/auth/sign-in`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      })
    ).status,
  ).toBe(415);
  expect(seen).toEqual([]);
});

test.each([
  ['this device', {}, false],
  ['all devices', { everywhere: 'true' }, true],
] as const)('signing out of %s is asked of the graph', async (_name, fields, everywhere) => {
  const asked: unknown[] = [];
  onGateway = async (request, response) => {
    asked.push(JSON.parse(await bodyOf(request)).variables);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"signOut":{"error":null}}}');
  };
  expect((await post('/auth/sign-out', fields)).headers.get('location')).toBe('/sign-in');
  expect(asked).toEqual([{ input: { everywhere } }]);
});

test('signing out on a page of somebody else ends nothing, and says who is there', async () => {
  onGateway = answerSession({ signOut: { error: null } }, ['valeo_access=; Max-Age=0']);
  const session = Buffer.from(JSON.stringify({ exp: Date.now() / 1000 + 500, tid: 'weser', sub: 'bob' }));
  const cookie = `valeo_access=x.${session.toString('base64url')}.x`;
  const refused = await post('/auth/sign-out', { owner: 'elbe.anna' }, { cookie });
  expect(refused.status).toBe(409);
  expect(refused.headers.getSetCookie()).toEqual([]);
  expect(await refused.text()).toContain('Nobody was signed out');
  expect(seen).toEqual([]);
  expect((await post('/auth/sign-out', { owner: 'weser.bob' }, { cookie })).headers.get('location')).toBe('/sign-in');
  expect((await post('/auth/sign-out', { owner: 'elbe.anna' })).headers.get('location')).toBe('/sign-in');
});

test('signing out ends the session in this browser even when the graph is away', async () => {
  onGateway = (request) => request.socket.destroy();
  const response = await post('/auth/sign-out', {});
  expect(response.headers.get('location')).toBe('/sign-in');
  expect(response.headers.getSetCookie().map((line) => line.split('=')[0])).toEqual(['valeo_access', 'valeo_refresh']);
});

test('what somebody else wrote, or for another company, is not passed on as who is signed in now', async () => {
  const asked: string[] = [];
  onGateway = (request, response) => {
    asked.push(String(request.headers['x-valeo-owner']));
    response.end('{}');
  };
  const claims = { exp: Date.now() / 1000 + 600, tid: 'company', sub: 'ann' };
  const cookie = `valeo_access=x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  const write = async (owner: string, headers: Record<string, string>) => {
    const response = await fetch(`${base()}/graphql`, {
      method: 'POST',
      body: '{}',
      headers: { 'x-valeo-owner': owner, ...headers },
    });
    return response.status;
  };
  expect(await write('company.ann', { cookie })).toBe(200);
  expect(await write('company.bob', { cookie })).toBe(409);
  expect(await write('other.ann', { cookie })).toBe(409);
  expect(await write('company.ann', {})).toBe(401);
  expect(asked).toHaveLength(1);
  // The renewal finds the gateway without an answer, so what the gateway says to the write itself is passed on.
  expect(await write('company.ann', { cookie: 'valeo_refresh=r' })).toBe(200);
});

test('a client that resets its connection harms nobody else', async () => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
  socket.resetAndDestroy();
  expect(await (await fetch(`${base()}/`)).text()).toBe('page');
});

test('a front that stops no longer listens and ends event streams in order', async () => {
  onGateway = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: next\ndata: 1\n\n');
  };
  const stream = await fetch(`${base()}/graphql`, { headers: { accept: 'text/event-stream' } });
  const started = Date.now();
  const closed = front.close(10_000);
  expect(await stream.text()).toBe('event: next\ndata: 1\n\n');
  await expect(fetch(base())).rejects.toThrow();
  await closed;
  expect(Date.now() - started).toBeLessThan(5_000);
});
