import { expect, test } from 'vitest';
import { secondsSinceSigned, signCaller, verifyCaller } from './caller.ts';
import { testCaller } from './testing/two-tenants.ts';

const caller = testCaller();
const header = signCaller(caller, 'secret', 1_000_000);

test('a signed caller arrives as it was', () => {
  expect(verifyCaller(header, 'secret', 1_000_000)).toEqual(caller);
  expect(verifyCaller(header, 'secret', 1_059_000)).toEqual(caller);
});

test('another secret, a changed body and a changed signature are refused', () => {
  const [body = '', signature = ''] = header.split('.');
  const forged = Buffer.from(JSON.stringify({ caller: { ...caller, tenantId: 'other' }, at: 1_000_000 })).toString(
    'base64url',
  );
  expect(verifyCaller(header, 'other', 1_000_000)).toBeNull();
  expect(verifyCaller(`${forged}.${signature}`, 'secret', 1_000_000)).toBeNull();
  expect(verifyCaller(`${body}.${signature.slice(1)}A`, 'secret', 1_000_000)).toBeNull();
});

test('an old signature, or one from the future, is refused', () => {
  expect(verifyCaller(header, 'secret', 1_061_000)).toBeNull();
  expect(verifyCaller(header, 'secret', 939_000)).toBeNull();
});

test('of a signature that is ours the time is known, of another one nothing is', () => {
  expect(secondsSinceSigned(header, 'secret', 1_090_000)).toBe(90);
  expect(secondsSinceSigned(header, 'secret', 100_000)).toBe(-900);
  expect(secondsSinceSigned(header, 'other', 1_090_000)).toBeNull();
});

test.each(['', '.', 'a.b.c', 'nonsense', '{}', `${header}.${header}`])('"%s" is no caller', (text) => {
  expect(verifyCaller(text, 'secret')).toBeNull();
});
