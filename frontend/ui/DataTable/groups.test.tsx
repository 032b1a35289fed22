import '#testing/next.ts';
import { act, fireEvent, getByText, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering } from '#testing/render.tsx';
import { sampleRow } from '#testing/sample-list.ts';
import { grid, prepareList, sample, show } from '#testing/shown-list.tsx';
import type { ListDefinition } from './definition.ts';

beforeEach(prepareList);

describe('in groups', () => {
  const grouped = () =>
    sample({
      groups: { operation: { id: 'g', name: 'SampleGroups' }, columns: ['status', 'issuedOn'], sums: ['gross'] },
    });

  function serveGroups(definition: ListDefinition) {
    const rows = Array.from({ length: 2 }, (_, at) => ({ node: sampleRow(at) }));
    const server = answering({
      SampleList: { [definition.connection]: { edges: rows, totalCount: 2 } },
      SampleGroups: ({ by }: { by?: string }) => ({
        groups: {
          total: by ? 2 : 1,
          groups: by
            ? [
                { key: by.endsWith('MONTH') ? '2011-12' : 'POSTED', count: 2, sums: { gross: { amount: '40.50' } } },
                { key: null, count: 1, sums: { gross: { amount: '-1.00' } } },
              ]
            : [{ key: null, count: 3, sums: { gross: { amount: '39.50' } } }],
        },
      }),
    });
    vi.stubGlobal('fetch', server.fetch);
    return server;
  }

  test('heads show what rows have in common, how many they are and their sums, and open by key', async () => {
    framework.search = 'group=status';
    const definition = grouped();
    const server = serveGroups(definition);
    show(definition);
    expect(await screen.findByText('Gebucht')).toBeTruthy();
    expect(screen.getByText('40,50')).toBeTruthy();
    expect(screen.getByText('Ohne Angabe')).toBeTruthy();
    expect(screen.getByText('39,50')).toBeTruthy();
    act(() => grid().focus());
    fireEvent.keyDown(grid(), { key: 'Enter' });
    expect(await screen.findByText('RE-000001')).toBeTruthy();
    expect(grid().getAttribute('aria-rowcount')).toBe('4');
    expect(server.asked.at(-1)?.variables.filter).toEqual({ status: { eq: 'POSTED' } });
    fireEvent.keyDown(grid(), { key: ' ' });
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('2'));
  });

  test('groups open within groups, by key, and say what they are part of', async () => {
    framework.search = 'group=status,issuedOn.month';
    const definition = grouped();
    const server = serveGroups(definition);
    show(definition);
    await screen.findByText('Gebucht');
    act(() => grid().focus());
    fireEvent.keyDown(grid(), { key: 'Enter' });
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('4'));
    expect(server.asked.at(-1)?.variables).toMatchObject({
      by: 'ISSUED_ON_MONTH',
      filter: { status: { eq: 'POSTED' } },
    });
    expect(await screen.findByRole('gridcell', { name: 'Gebucht, Ohne Angabe' })).toBeTruthy();
    fireEvent.keyDown(grid(), { key: 'ArrowDown' });
    fireEvent.keyDown(grid(), { key: 'ArrowDown' });
    fireEvent.keyDown(grid(), { key: 'Enter' });
    await waitFor(() =>
      expect(server.asked.at(-1)?.variables.filter).toEqual({
        and: [{ status: { eq: 'POSTED' } }, { issuedOn: { isNull: true } }],
      }),
    );
    expect(grid().getAttribute('aria-rowcount')).toBe('5');
  });

  test('the way to group is chosen from a menu and stands in the URL', async () => {
    const definition = grouped();
    serveGroups(definition);
    const push = vi.spyOn(window.history, 'pushState');
    const { user } = show(definition);
    await user.hover(screen.getByRole('button', { name: 'Gruppieren' }));
    await user.click(await screen.findByText('Datum nach Monat'));
    expect(push.mock.calls[0]?.[2]).toBe('/sales/invoices?group=issuedOn.month');
  });

  test('a second way to group stands within the first', async () => {
    framework.search = 'group=issuedOn.month';
    const definition = grouped();
    serveGroups(definition);
    const push = vi.spyOn(window.history, 'pushState');
    const { user, container } = show(definition);
    await user.hover(screen.getByRole('button', { name: 'Gruppieren' }));
    await screen.findByText('Darin gruppieren nach');
    const within = container.querySelector('[role=group][aria-label="Darin gruppieren nach"]') as HTMLElement;
    await user.click(getByText(within, 'Status'));
    expect(push.mock.calls.at(-1)?.[2]).toBe('/sales/invoices?group=issuedOn.month,status');
  });
});
