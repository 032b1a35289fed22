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
