import { expect, test } from 'vitest';
import { conflict } from './conflict.ts';

test('tells both values of each field that differs, and of no other', () => {
  const current = { version: 5, name: 'Now', email: null, address: { city: 'Ulm', country: 'DE' }, note: 'same' };
  const wanted = {
    version: 3,
    name: 'Mine',
    email: undefined,
    address: { country: 'DE', city: 'Ulm' },
    note: 'same',
    unknown: 1,
  };
  expect(conflict(wanted, current)).toEqual({
    ok: false,
    code: 'CONFLICT',
    params: {},
    fields: [{ path: 'name', code: 'CHANGED_MEANWHILE', params: { expected: 'Mine', actual: 'Now' } }],
  });
});

test('an amount written in another way is the same amount', () => {
  const wanted = { version: 1, price: '12.5', name: '1.0' };
  const current = { version: 2, price: '12.5000', name: '1.00' };
  const options = { decimals: ['price'] };
  expect(conflict(wanted, current, options).fields.map(({ path }) => path)).toEqual(['name']);
  const dearer = { ...wanted, price: '12.51' };
  expect(conflict(dearer, current, options).fields).toHaveLength(2);
});

test('null is another value, unless it leaves the field as it is', () => {
  const wanted = { version: 1, name: null };
  expect(conflict(wanted, { version: 2, name: 'Now' } as { version: number }).fields).toHaveLength(1);
  expect(conflict(wanted, { version: 2, name: 'Now' } as { version: number }, { nullKeeps: true }).fields).toEqual([]);
});

test('shows absent and structured values as text', () => {
  const { fields } = conflict(
    { version: 1, email: null, tags: ['a'] } as { version: number },
    {
      version: 2,
      email: 'x@x.example',
      tags: [],
    } as { version: number },
  );
  expect(fields.map(({ params }) => params)).toEqual([
    { expected: '', actual: 'x@x.example' },
    { expected: '["a"]', actual: '[]' },
  ]);
});
