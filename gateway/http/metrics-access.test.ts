import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { mayReadMetrics } from './metrics-access.ts';

const token = 'a-long-enough-token';
const may = (remoteAddress: string, headers: Record<string, string>) =>
  mayReadMetrics({ socket: { remoteAddress }, headers } as unknown as IncomingMessage, token);
const authorization = `Bearer ${token}`;

test.each([
  ['this machine', '127.0.0.1', {}, true],
  ['this machine over IPv6', '::1', {}, true],
  ['another machine', '10.0.0.5', {}, false],
  ['another machine with the token', '10.0.0.5', { authorization }, true],
  [
    'another machine with a token of the same length',
    '10.0.0.5',
    { authorization: 'Bearer a-long-enough-tokem' },
    false,
  ],
  ['another machine with a part of the token', '10.0.0.5', { authorization: 'Bearer a-long' }, false],
  ['a stranger through a proxy of this machine', '127.0.0.1', { 'x-forwarded-for': '203.0.113.5' }, false],
  ['a stranger who claims to be this machine', '127.0.0.1', { forwarded: 'for=127.0.0.1' }, false],
  ['the token through a proxy', '127.0.0.1', { 'x-forwarded-for': '203.0.113.5', authorization }, true],
])('%s', (_, address, headers, allowed) => {
  expect(may(address, headers as Record<string, string>)).toBe(allowed);
});

test.each([undefined, ''])('without a token (%j) only this machine reads', (none) => {
  const stranger = { socket: { remoteAddress: '10.0.0.5' }, headers: { authorization: 'Bearer ' } };
  expect(mayReadMetrics(stranger as unknown as IncomingMessage, none)).toBe(false);
  expect(mayReadMetrics({ ...stranger, socket: { remoteAddress: '::1' } } as unknown as IncomingMessage, none)).toBe(
    true,
  );
});
