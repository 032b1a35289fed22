import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

const taken = (turns: Turns<string>): string[] => {
  const all: string[] = [];
  for (let one = turns.take(); one !== undefined; one = turns.take()) all.push(one);
  return all;
};

test('one of each is taken in turn, and each in its order', () => {
  const turns = new Turns<string>(10);
  for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) turns.add(item.charAt(0), item);
  expect(taken(turns)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  expect(turns.take()).toBeUndefined();
});

test('whoever has most gives way to others, and to nobody but them', () => {
  const turns = new Turns<string>(3);
  for (const item of ['a1', 'a2', 'a3']) expect(turns.add('a', item)).toBeNull();
  expect(turns.add('a', 'a4')).toBe('a4');
  expect(turns.add('b', 'b1')).toBe('a3');
  expect(turns.add('b', 'b2')).toBe('b2');
  expect(turns.add('c', 'c1')).toBe('a2');
  expect(taken(turns)).toEqual(['a1', 'b1', 'c1']);
});

test('somebody whose only one has to give way leaves nothing behind', () => {
  const turns = new Turns<string>(1);
  turns.add('a', 'a1');
  expect(turns.add('b', 'b1')).toBe('b1');
  expect(taken(turns)).toEqual(['a1']);
});
