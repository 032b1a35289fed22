import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningGateway } from '../../server.ts';
import { post, startToys, type ToyCall, toy } from '../toys.ts';

/** Gateways behind the front of this machine, which stands behind a load balancer on another. */

const who = toy('who', 'type Query { ip: String }', {
  Query: { ip: (_: unknown, __: unknown, { call }: ToyCall) => call.http?.ip },
});

const gateways: RunningGateway[] = [];
beforeAll(async () => {
  gateways.push(await startToys([who]), await startToys([who], { trustedProxies: ['10.1.0.0/16'] }));
});
afterAll(() => Promise.all(gateways.map((one) => one.close(0))));

test('a load balancer is believed where it is one of the proxies, and nobody before it', async () => {
  const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.5, 10.1.2.3' };
  const seen = await Promise.all(gateways.map(({ url }) => post(url, { query: '{ ip }' }, headers)));
  expect(seen.map(({ body }) => body.data.ip)).toEqual(['10.1.2.3', '203.0.113.5']);
});

test('what is no address of a proxy stops the start', async () => {
  await expect(startToys([who], { trustedProxies: ['lb.internal'] })).rejects.toThrow('"lb.internal"');
});

test('figures are read on this machine, and from others with the token only', async () => {
  const gateway = await startToys([who], { metricsToken: 'a-long-enough-token' });
  gateways.push(gateway);
  const statusOf = async (headers: Record<string, string>) =>
    (await fetch(gateway.url.replace('/graphql', '/metrics'), { headers })).status;
  const stranger = { 'x-forwarded-for': '203.0.113.5' };
  expect(await statusOf({})).toBe(200);
  expect(await statusOf(stranger)).toBe(404);
  expect(await statusOf({ ...stranger, authorization: 'Bearer a-long-enough-tokem' })).toBe(404);
  expect(await statusOf({ ...stranger, authorization: 'Bearer a-long-enough-token' })).toBe(200);
});
