import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { startToys, toy } from '../toys.ts';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startToys([toy('toys', 'type Query { ok: Boolean }', { Query: { ok: () => true } })]);
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
