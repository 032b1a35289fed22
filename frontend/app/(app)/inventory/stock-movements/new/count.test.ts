import { expect, test } from 'vitest';
import { onHandIn, outcomeOf } from './count.ts';

test('a count moves the exact difference to what is on hand, a change moves itself', () => {
  expect(outcomeOf('counted', '12', '14')).toEqual({ change: '-2', after: '12' });
  expect(outcomeOf('counted', '0.3', '0.1')).toEqual({ change: '0.2', after: '0.3' });
  expect(outcomeOf('counted', '4', '-3')).toEqual({ change: '7', after: '4' });
  expect(outcomeOf('counted', '14', '14')).toEqual({ change: '0', after: '14' });
  expect(outcomeOf('change', '-2.5', '2')).toEqual({ change: '-2.5', after: '-0.5' });
});

test('a warehouse that never held the article has none of it', () => {
  const stock = [{ warehouse: { id: 'w1' }, onHand: '3' }];
  expect(onHandIn(stock, 'w1')).toBe('3');
  expect(onHandIn(stock, 'w2')).toBe('0');
});
