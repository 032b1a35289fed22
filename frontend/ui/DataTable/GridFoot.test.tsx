import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { answering, draw } from '#testing/render.tsx';
import { sampleDefinition } from '#testing/sample-list.ts';
import { GridFoot } from './GridFoot.tsx';
import { signal } from './signal.ts';

test('a sum that is not in view as a whole is not shown', async () => {
  let tell: ((seen: { target: Element; intersectionRatio: number }[]) => void) | undefined;
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: NonNullable<typeof tell>) {
        tell = callback;
      }
      observe() {}
      disconnect() {}
    },
  );
  const groups = { operation: { id: 'g', name: 'Groups' }, columns: [], sums: ['gross'] };
  const definition = { ...sampleDefinition, groups };
  const sums = { groups: { total: 1, groups: [{ key: null, count: 1, sums: { gross: { amount: '2465834.00' } } }] } };
  vi.stubGlobal('fetch', answering({ Groups: sums }).fetch);
  draw(
    <GridFoot
      definition={definition}
      columns={definition.columns}
      filter={null}
      seen={signal({ first: 0, last: 9, scrolling: false })}
      total={10}
      version={0}
    />,
  );
  const cell = (await screen.findByText('2.465.834,00')).closest('[role=gridcell]') as HTMLElement;
  const list = cell.closest('[role=row]')?.parentElement as HTMLElement;
  list.scrollLeft = 50;
  fireEvent.scroll(list);
  await waitFor(() => expect(tell).toBeDefined());
  act(() => tell?.([{ target: cell, intersectionRatio: 0.6 }]));
  expect(cell.hasAttribute('data-cut')).toBe(true);
  act(() => tell?.([{ target: cell, intersectionRatio: 1 }]));
  expect(cell.hasAttribute('data-cut')).toBe(false);
});
