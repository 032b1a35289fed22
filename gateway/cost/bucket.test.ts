import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charge, levelAt, refund } from './bucket.ts';

const size = { size: 100, refillPerSecond: 10 };

test('a bucket refills evenly and never beyond its size', () => {
  expect(levelAt({ level: 40, at: 0 }, size, 2_000)).toBe(60);
  expect(levelAt({ level: 40, at: 0 }, size, 60_000)).toBe(100);
});

test('a charge that does not fit takes nothing and says when it would', () => {
  const bucket = { level: 5, at: 0 };
  expect(charge(bucket, size, 30, 0)).toEqual({
    accepted: false,
    limit: 100,
    remaining: 5,
    resetSeconds: 10,
    retryAfterSeconds: 3,
  });
  expect(charge(bucket, size, 30, 3_000).accepted).toBe(true);
});

test('a charge may take all that there is, and nothing more', () => {
  const bucket = { level: 30, at: 0 };
  expect(charge(bucket, size, 31, 0).accepted).toBe(false);
  expect(charge(bucket, size, 30, 0)).toMatchObject({ accepted: true, remaining: 0 });
  expect(charge(bucket, size, 1, 0)).toMatchObject({ accepted: false, retryAfterSeconds: 1 });
});

test('what is given back is there again, up to the size', () => {
  const bucket = { level: 100, at: 0 };
  charge(bucket, size, 80, 0);
  expect(refund(bucket, size, 50, 0)).toEqual({ limit: 100, remaining: 70, resetSeconds: 3 });
  expect(refund(bucket, size, 500, 0)).toEqual({ limit: 100, remaining: 100, resetSeconds: 0 });
});

test('no sequence of charges gets more out of a bucket than it held and was given', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ wait: fc.nat(3_000), amount: fc.nat(120) }), { maxLength: 50 }), (steps) => {
      const bucket = { level: size.size, at: 0 };
      let now = 0;
      let taken = 0;
      for (const { wait, amount } of steps) {
        now += wait;
        if (charge(bucket, size, amount, now).accepted) taken += amount;
      }
      expect(taken).toBeLessThanOrEqual(size.size + (now / 1000) * size.refillPerSecond + 1e-6);
    }),
  );
});
