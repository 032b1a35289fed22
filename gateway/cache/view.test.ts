import { expect, test } from 'vitest';
import type { Caller, SubgraphCall } from '../options.ts';
import { viewOf } from './view.ts';

const caller: Caller = {
  tenantId: 'one',
  userId: 'ann',
  clientId: null,
  sessionId: 's1',
  permissions: ['a:read', 'b:read'],
  locale: 'de',
  budget: null,
};
const call = (changed: Partial<Caller> = {}, more: Partial<SubgraphCall> = {}): SubgraphCall => ({
  caller: { ...caller, ...changed },
  requestId: 'r',
  locale: 'de',
  ...more,
});
const shared = (one: SubgraphCall) => viewOf(one, true);
const own = (one: SubgraphCall) => viewOf(one, false);

test.each<[string, SubgraphCall]>([
  ['another company', call({ tenantId: 'two' })],
  ['fewer rights', call({ permissions: ['a:read'] })],
  ['a role', call({ roles: ['boss'] })],
  ['another language', call({}, { locale: 'en' })],
  ['other forwarded headers', call({}, { forwarded: { 'x-tenant': 'two' } })],
  ['nobody', { ...call(), caller: null }],
])('%s shares no answer, not even one that is the same for all', (_, other) => {
  expect(shared(other)).not.toBe(shared(call()));
  expect(own(other)).not.toBe(own(call()));
});

test.each<[string, SubgraphCall]>([
  ['another person', call({ userId: 'bob' })],
  ['an API client', call({ userId: null, clientId: 'shop' })],
  ['another session', call({ sessionId: 's2' })],
])('%s with the same rights shares what is the same for all, and nothing else', (_, other) => {
  expect(shared(other)).toBe(shared(call()));
  expect(own(other)).not.toBe(own(call()));
});

test('the order in which rights are named makes no other view', () => {
  expect(own(call({ permissions: ['b:read', 'a:read'] }))).toBe(own(call()));
});
