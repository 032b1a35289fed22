// @vitest-environment node
import { expect, test } from 'vitest';
import { baseBefore, merge, same, withValue } from './merge.ts';

const base = { name: 'Elbe', city: 'Hamburg', kinds: ['CUSTOMER'], note: '' };

test('what only one of two changed is taken, whoever it was', () => {
  const merged = merge(base, { ...base, name: 'Elbe Kontor' }, { ...base, city: 'Bremen', kinds: ['SUPPLIER'] });
  expect(merged).toEqual({
    values: { name: 'Elbe Kontor', city: 'Bremen', kinds: ['SUPPLIER'], note: '' },
    conflicts: [],
    taken: ['city', 'kinds'],
  });
});

test('what both changed alike is no conflict, what they changed differently is one with both values', () => {
  const merged = merge(base, { ...base, city: 'Bremen', name: 'A' }, { ...base, city: 'Bremen', name: 'B' });
  expect(merged.conflicts).toEqual([{ path: 'name', from: 'Elbe', mine: 'A', theirs: 'B' }]);
  expect(merged.values.name).toBe('A');
});

test('lines merge by line and field, whatever keys the screen gave them', () => {
  const line = (key: number, quantity: string, unitPrice = '1') => ({ key, sku: 'a', quantity, unitPrice });
  const before = { lines: [line(1, '1'), line(2, '2')] };
  const merged = merge(before, { lines: [line(1, '6'), line(2, '3')] }, { lines: [line(8, '1', '9'), line(9, '4')] });
  expect(merged.values.lines).toEqual([line(1, '6', '9'), line(2, '3')]);
  expect(merged.conflicts).toEqual([{ path: 'lines.1.quantity', from: '2', mine: '3', theirs: '4' }]);
});

test('lines that a draft brings back with their fields in another order have not changed', () => {
  const mine = { lines: [{ sku: 'a', quantity: '1' }, { sku: '' }] };
  expect(merge({ lines: [{ quantity: '', sku: '' }] }, mine, { lines: [{ sku: '', quantity: '' }] })).toEqual({
    values: mine,
    conflicts: [],
    taken: [],
  });
  expect(same({ a: [1], b: null }, { b: null, a: [1] })).toBe(true);
  for (const other of [{ a: [1, 2], b: null }, { a: { 0: 1 }, b: null }, { a: [1] }, null]) {
    expect(same({ a: [1], b: null }, other)).toBe(false);
  }
});

test('lines that both added to are chosen as a whole', () => {
  const merged = merge({ lines: [] as object[] }, { lines: [{ sku: 'a' }] }, { lines: [{ sku: 'b' }, { sku: 'c' }] });
  expect(merged.conflicts).toMatchObject([{ path: 'lines' }]);
});

test('conflicts that nobody has resolved are found again, by a draft as well as by a newer version', () => {
  const mine = { ...base, name: 'A', 'address.city': 'Kiel' };
  const theirs = { ...base, name: 'B', 'address.city': 'Bremen' };
  const { values, conflicts } = merge({ ...base, 'address.city': 'Hamburg' }, mine, theirs);
  expect(conflicts).toHaveLength(2);
  const left = baseBefore(theirs, conflicts);
  expect(merge(left, values, theirs).conflicts).toEqual(conflicts);
  expect(merge(left, values, { ...theirs, note: 'neu' })).toMatchObject({ conflicts, taken: ['note'] });
  expect(merge(baseBefore(theirs, conflicts.slice(1)), values, theirs).conflicts).toEqual(conflicts.slice(1));
});

test('a choice replaces one value and leaves the others alone', () => {
  const values = { name: 'A', lines: [{ quantity: '1' }, { quantity: '2' }] };
  expect(withValue(values, 'name', 'B')).toEqual({ ...values, name: 'B' });
  expect(withValue(values, 'lines.1.quantity', '9').lines).toEqual([{ quantity: '1' }, { quantity: '9' }]);
  expect(withValue({ 'address.city': 'Kiel' }, 'address.city', 'Bremen')).toEqual({ 'address.city': 'Bremen' });
  expect(same({ key: 1, a: 1 }, { key: 2, a: 1 })).toBe(true);
});
