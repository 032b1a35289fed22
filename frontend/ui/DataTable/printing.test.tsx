import { act } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { grid, prepareList, sample, serve, show } from '#testing/shown-list.tsx';

beforeEach(prepareList);

const drawn = () => grid().querySelectorAll('.grid-body [aria-rowindex="2"] > [aria-colindex]').length;

test('paper has every column whose head it has, though the screen draws those that are seen', () => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(480);
  const definition = sample();
  serve(definition);
  show(definition);
  const onScreen = drawn();
  const heads = grid().querySelectorAll('.grid-head [role=columnheader]').length;
  expect(onScreen).toBeLessThan(heads);
  dispatchEvent(new Event('beforeprint'));
  expect(drawn()).toBe(heads);
  act(() => void dispatchEvent(new Event('afterprint')));
  expect(drawn()).toBe(onScreen);
});
