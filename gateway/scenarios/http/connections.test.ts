import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { startToys, toy } from '../toys.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startToys([
    toy('toys', 'type Query { ok: Boolean } type Subscription { wait: Int }', {
      Query: { ok: () => true },
      Subscription: {
        wait: { subscribe: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }) },
      },
    }),
  ]);
});
afterAll(() => gateway.close(0));

/** Writes the text as it is and answers all that comes back until the connection is closed. */
function raw(...lines: string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(gateway.port, '127.0.0.1', () => socket.write(lines.join('\r\n')));
    let answer = '';
    socket.on('data', (part) => {
      answer += part;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

const handshake = ['host: a', 'connection: Upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'];
const webSocket = (...more: string[]) => ['GET /graphql HTTP/1.1', ...handshake, ...more, '', ''];

test.each([
  [
    'an expectation',
    417,
    'BAD_REQUEST',
    ['POST /graphql HTTP/1.1', 'host: a', 'expect: more', 'content-length: 0', '', ''],
  ],
  ['headers without end', 431, 'HEADERS_TOO_LARGE', ['GET / HTTP/1.1', 'host: a', `x: ${'x'.repeat(20_000)}`, '', '']],
  ['an unknown method', 400, 'BAD_REQUEST', ['BREW /graphql HTTP/1.1', 'host: a', '', '']],
  ['no host', 400, 'BAD_REQUEST', ['GET /health/live HTTP/1.1', '', '']],
  [
    'two lengths',
    400,
    'BAD_REQUEST',
    ['POST / HTTP/1.1', 'host: a', 'content-length: 1', 'content-length: 2', '', 'a'],
  ],
  ['a WebSocket without a key', 400, 'BAD_REQUEST', webSocket()],
])('%s is refused with %i, in the standard form and with a request id', async (_, status, code, lines) => {
  const answer = await raw(...lines);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  const [error] = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).errors;
  expect(error.extensions.code).toBe(code);
  expect(error.extensions.requestId).toBe(/^x-request-id: (.+)$/im.exec(answer)?.[1]);
});

test.each(['/nothing', '/health/live'])('a WebSocket is nowhere but at the graph: %s', async (path) => {
  const answer = await raw(`GET ${path} HTTP/1.1`, ...handshake, 'connection: close', '', '');
  expect(answer).toMatch(/^HTTP\/1.1 (404|200) /);
  expect(answer).toMatch(/^x-request-id: /im);
});

test('a WebSocket opens with the id that its client gave it', async () => {
  const socket = net.connect(gateway.port, '127.0.0.1');
  socket.write(webSocket('sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==', 'x-request-id: tab-7').join('\r\n'));
  const [head] = await once(socket, 'data');
  expect(String(head)).toMatch(/^HTTP\/1.1 101 [\s\S]*^x-request-id: tab-7\r$/m);
  socket.destroy();
});

test('what comes broken in the middle of an answer ends it, and is not written into it', async () => {
  const socket = net.connect(gateway.port, '127.0.0.1');
  const body = '{"query":"subscription { wait }"}';
  const type = 'content-type: application/json';
  const head = [
    'POST /graphql HTTP/1.1',
    'host: a',
    'accept: text/event-stream',
    type,
    `content-length: ${body.length}`,
  ];
  socket.write([...head, '', body].join('\r\n'));
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 200 /);
  let more = '';
  socket.on('data', (part) => {
    more += part;
  });
  socket.write('no request\r\n\r\n');
  await once(socket, 'close');
  expect(more).not.toContain('HTTP/1.1');
});

test.each([
  ['POST /graphql HTTP/1.1', '{"query":"{ ok }"}', '{"data":{"ok":true}'],
  ['GET /health/ready HTTP/1.1', '', '"ready":true'],
])('a client that offers HTTP/2 is answered in HTTP/1.1: %s', async (line, body, expected) => {
  const answer = await raw(
    line,
    'host: a',
    'connection: Upgrade, HTTP2-Settings, close',
    'upgrade: h2c',
    'http2-settings: AAMAAABkAAQAAP__',
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    body,
  );
  expect(answer).toMatch(/^HTTP\/1.1 200/);
  expect(answer).toContain(expected);
});
