import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standing } from './GridBody.tsx';

const keyOf = (index: number, { shift, drawn }: { shift: number; drawn: number }) =>
  (((index - shift) % drawn) + drawn) % drawn;

test('each row in view has an element of its own, wherever a reader goes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1 }), fc.integer({ min: 1, max: 60 }), (firsts, drawn) => {
      let now = { first: 0, drawn: 0, shift: 0, anchor: 0 };
      for (const first of firsts) {
        now = standing(now, first, drawn);
        const keys = Array.from({ length: drawn }, (_, at) => keyOf(first + at, now));
        expect(new Set(keys).size).toBe(drawn);
        expect(now.anchor).toBeLessThanOrEqual(first);
        expect(first - now.anchor).toBeLessThan(1000);
      }
    }),
  );
});

test('a row that stays keeps its element and its place', () => {
  const before = standing({ first: 0, drawn: 0, shift: 0, anchor: 0 }, 40, 20);
  const after = standing(before, 45, 20);
  expect(after).toMatchObject({ shift: before.shift, anchor: before.anchor });
});

test('after a jump every element stays where it stands', () => {
  const before = standing({ first: 0, drawn: 20, shift: 0, anchor: 0 }, 7, 20);
  const after = standing(before, 507, 20);
  for (const at of [0, 3, 19]) {
    expect(keyOf(507 + at, after)).toBe(keyOf(7 + at, before));
    expect(507 + at - after.anchor).toBe(7 + at - before.anchor);
  }
});
