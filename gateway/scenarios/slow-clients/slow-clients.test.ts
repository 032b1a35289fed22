import http from 'node:http';
import net from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { Limits } from '../../options.ts';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, toy } from '../toys.ts';

const hello = toy('hello', 'type Query { hello: String }', { Query: { hello: () => 'hello' } });
const query = '{ hello }';

let gateway: RunningGateway;
const open: http.ClientRequest[] = [];
afterEach(async () => {
  for (const request of open.splice(0)) request.destroy();
  await gateway.close(0);
});

const start = async (limits: Partial<Limits>): Promise<void> => {
  gateway = await startToys([hello], { limits });
};

/** Sends a part of a body and then no more; answers the status, if one comes. */
function trickle(address: string): { status: Promise<number> } {
  const request = http.request(gateway.url, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', 'content-length': 1_000, 'x-forwarded-for': address },
  });
  open.push(request);
  const status = new Promise<number>((resolve) => {
    request.on('response', (response) => resolve(response.statusCode ?? 0));
    request.on('error', () => resolve(0));
  });
  request.write('{"query":');
  return { status };
}

async function underWay(): Promise<number> {
  const text = await (await fetch(gateway.url.replace('/graphql', '/metrics'))).text();
  return Number(/^gateway_requests_under_way (\d+)/m.exec(text)?.[1]);
}

const ask = (address: string) => post(gateway.url, { query }, { 'x-forwarded-for': address });

test('slow senders take no place of those who are answered', async () => {
  await start({ concurrent: 2 });
  for (let i = 0; i < 30; i++) trickle(`10.0.0.${i}`);
  await vi.waitFor(async () => expect(gateway.server.listening && (await connections())).toBeGreaterThanOrEqual(30));
  expect(await underWay()).toBe(0);
  for (let i = 0; i < 5; i++) expect((await ask('10.0.1.1')).body.data).toEqual({ hello: 'hello' });
});

test('one address holds so many slow bodies: the slowest is given up for the next, and its neighbours notice nothing', async () => {
  await start({ bodiesPerAddress: 3 });
  const slow = [];
  for (let i = 0; i < 3; i++) slow.push(await settled(trickle('10.0.0.1')));
  const neighbour = await settled(trickle('10.0.0.2'));
  expect((await ask('10.0.0.1')).body.data).toEqual({ hello: 'hello' });
  expect(await slow[0]?.status).toBe(408);
  expect(await Promise.race([slow[1]?.status, slow[2]?.status, neighbour.status, 'still open'])).toBe('still open');
});

test('all addresses together hold so many, and honest senders are among those who come through', async () => {
  await start({ bodies: 4 });
  const slow = [];
  for (let i = 0; i < 6; i++) slow.push(await settled(trickle(`10.0.0.${i}`)));
  expect(await Promise.all([slow[0]?.status, slow[1]?.status])).toEqual([408, 408]);
  expect((await ask('10.0.1.1')).status).toBe(200);
  expect(await Promise.race([slow[5]?.status, 'still open'])).toBe('still open');
});

test.each(['GET // HTTP/1.1\r\nhost: a\r\n', 'GET //[ HTTP/1.1\r\nhost: a\r\n'])(
  'what is no address is refused, as a page and as a WebSocket: %j',
  async (head) => {
    await start({});
    expect(await raw(`${head}connection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 4/);
    const upgrade = `${head}connection: Upgrade, close\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
    expect(await raw(upgrade)).toMatch(/^HTTP\/1.1 4/);
    expect((await ask('10.0.0.1')).status).toBe(200);
  },
);

const connections = (): Promise<number> =>
  new Promise((resolve) => gateway.server.getConnections((_, count) => resolve(count)));

/** Waits until the gateway reads it, so that the order of arrivals is known. */
async function settled<T>(sent: T): Promise<T> {
  await new Promise((resolve) => gateway.server.once('request', resolve));
  await new Promise(setImmediate);
  return sent;
}

function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(gateway.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (part) => {
      answer += part;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}
