import '#testing/next.ts';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering } from '#testing/render.tsx';
import { cell, focused, grid, prepareList, rowNumbers, sample, serve, show, total } from '#testing/shown-list.tsx';

beforeEach(prepareList);

describe('to a screen reader', () => {
  test('the list is a grid with as many rows as the set has, and each row knows its place', () => {
    const definition = sample();
    serve(definition);
    show(definition);
    expect(grid().getAttribute('aria-rowcount')).toBe('23799');
    expect(rowNumbers().slice(0, 3)).toEqual([1, 2, 3]);
    expect(rowNumbers().length).toBeLessThanOrEqual(200);
    expect(screen.getByRole('link', { name: 'RE-000001' }).getAttribute('href')).toBe('/sales/invoices/id-0');
  });

  test('the size is unknown until it has been counted', async () => {
    const definition = sample();
    serve(definition);
    show({ ...definition }, -1);
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('23799'));
  });
});

describe('by keyboard', () => {
  test('Ctrl+End goes to the last row of the whole set, and its window is fetched', async () => {
    const definition = sample();
    const server = serve(definition);
    show(definition);
    act(() => grid().focus());
    fireEvent.keyDown(grid(), { key: 'End', ctrlKey: true });
    await waitFor(() => expect(rowNumbers().at(-1)).toBe(total));
    await waitFor(() => expect(screen.getByText('RE-023799')).toBeTruthy());
    expect(focused()?.parentElement?.getAttribute('aria-rowindex')).toBe('23799');
    expect(server.asked.every((each) => Number(each.variables.first) <= 100)).toBe(true);
    expect(rowNumbers().length).toBeLessThanOrEqual(200);
  });

  test('arrows move the focused cell, Space selects, Escape lets go', async () => {
    const definition = sample();
    serve(definition);
    show(definition);
    act(() => grid().focus());
    fireEvent.keyDown(grid(), { key: 'ArrowDown' });
    fireEvent.keyDown(grid(), { key: 'ArrowRight' });
    expect(focused()?.id).toBe('cell-1-2');
    fireEvent.keyDown(grid(), { key: ' ' });
    expect(within(grid()).getAllByRole('row', { selected: true })).toHaveLength(1);
    expect(await screen.findByRole('toolbar')).toBeTruthy();
    fireEvent.keyDown(grid(), { key: 'Escape' });
    expect(within(grid()).queryAllByRole('row', { selected: true })).toHaveLength(0);
  });

  test('Ctrl+A selects everything that matches, also what was never loaded', async () => {
    const definition = sample();
    serve(definition);
    show(definition);
    act(() => grid().focus());
    fireEvent.keyDown(grid(), { key: 'a', ctrlKey: true });
    expect((await screen.findByRole('toolbar')).textContent).toContain('23.799');
  });

  test('Enter opens the row', () => {
    const definition = sample();
    serve(definition);
    show(definition);
    const opened = vi.fn((event: Event) => event.preventDefault());
    screen.getByRole('link', { name: 'RE-000001' }).addEventListener('click', opened);
    act(() => grid().focus());
    fireEvent.keyDown(grid(), { key: 'Enter' });
    expect(opened).toHaveBeenCalled();
  });

  test('Ctrl+C copies the cell as it is written', async () => {
    const definition = sample();
    serve(definition);
    show(definition);
    act(() => grid().focus());
    fireEvent.keyDown(grid(), { key: 'ArrowRight' });
    fireEvent.keyDown(grid(), { key: 'c', ctrlKey: true });
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe('09.12.2011'));
  });
});

describe('by pointer', () => {
  test('a click on a cell focuses it, a click on the check mark selects', () => {
    const definition = sample();
    serve(definition);
    show(definition);
    fireEvent.click(cell(3, 4));
    expect(document.activeElement).toBe(grid());
    expect(focused()?.id).toBe('cell-3-4');
    fireEvent.click(cell(2, 0));
    expect(within(grid()).getAllByRole('row', { selected: true })[0]?.getAttribute('aria-rowindex')).toBe('3');
  });

  test('scrolling draws other rows and fetches their windows', async () => {
    const definition = sample();
    serve(definition);
    show(definition);
    grid().scrollTop = 400_000;
    fireEvent.scroll(grid());
    await waitFor(() => expect(rowNumbers()[0]).toBeGreaterThan(11_000));
    await waitFor(() => expect(screen.getByText(`RE-0${rowNumbers()[5]}`)).toBeTruthy());
  });

  test('a head sorts, and the order stands in the URL', async () => {
    const definition = sample();
    serve(definition);
    const push = vi.spyOn(window.history, 'pushState');
    const { user } = show(definition);
    await user.click(screen.getByRole('button', { name: 'Brutto €' }));
    expect(push.mock.calls[0]?.[2]).toBe('/sales/invoices?sort=gross');
  });

  test('an edge changes the width, and the width stands in the URL', async () => {
    const definition = sample();
    serve(definition);
    const replace = vi.spyOn(window.history, 'replaceState');
    show(definition);
    const grip = grid().querySelectorAll<HTMLElement>('.grid-grip')[0] as HTMLElement;
    grip.setPointerCapture = () => undefined;
    fireEvent.pointerDown(grip, { clientX: 100 });
    await waitFor(() => expect(grip.onpointermove).not.toBeNull());
    grip.onpointermove?.(new MouseEvent('pointermove', { clientX: 160 }) as PointerEvent);
    grip.onpointerup?.(new MouseEvent('pointerup') as PointerEvent);
    expect(String(replace.mock.calls[0]?.[2])).toContain('cols=number~60');
  });
});

describe('filters', () => {
  test('a condition is added in words and stands in the URL', async () => {
    const definition = sample();
    serve(definition);
    const push = vi.spyOn(window.history, 'pushState');
    const { user } = show(definition);
    await user.click(screen.getByRole('button', { name: 'Filter' }));
    await user.selectOptions(await screen.findByLabelText('Spalte'), 'customer');
    await user.type(screen.getByLabelText('Wert'), 'Elbe');
    await user.click(screen.getByRole('button', { name: 'Anwenden' }));
    expect(push.mock.calls[0]?.[2]).toBe('/sales/invoices?f=customer:contains:Elbe');
  });

  test('an amount is read as the language writes it, and what is no number is not applied', async () => {
    const definition = sample();
    serve(definition);
    const push = vi.spyOn(window.history, 'pushState');
    const { user } = show(definition);
    await user.click(screen.getByRole('button', { name: 'Filter' }));
    await user.selectOptions(await screen.findByLabelText('Spalte'), 'gross');
    const value = screen.getByLabelText('Wert');
    await user.type(value, 'viel{Enter}');
    expect(value.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/Keine Zahl/)).toBeTruthy();
    expect(push).not.toHaveBeenCalled();
    await user.clear(value);
    await user.type(value, '1.000,50{Enter}');
    expect(push.mock.calls[0]?.[2]).toBe('/sales/invoices?f=gross:gte:1000.50');
  });

  test('values of an enum are chosen by name', async () => {
    const definition = sample();
    serve(definition);
    const push = vi.spyOn(window.history, 'pushState');
    const { user } = show(definition);
    await user.click(screen.getByRole('button', { name: 'Filter' }));
    await user.selectOptions(await screen.findByLabelText('Spalte'), 'status');
    await user.click(screen.getByLabelText('Gebucht'));
    await user.click(screen.getByLabelText('Entwurf'));
    await user.click(screen.getByRole('button', { name: 'Anwenden' }));
    expect(push.mock.calls[0]?.[2]).toBe('/sales/invoices?f=status:in:POSTED,DRAFT');
  });

  test('conditions in effect are read out and can be taken away', async () => {
    framework.search = 'f=issuedOn:gte:2011-11-01&f=status:in:POSTED&q=elbe';
    const definition = sample();
    serve(definition);
    const push = vi.spyOn(window.history, 'pushState');
    const { user } = show(definition);
    expect(await screen.findByRole('button', { name: '01.11.2011' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Gebucht' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Filter Status entfernen' }));
    expect(push.mock.calls[0]?.[2]).toBe('/sales/invoices?q=elbe&f=issuedOn:gte:2011-11-01');
  });

  test('a search waits for the word to be finished', async () => {
    const definition = sample();
    serve(definition);
    const replace = vi.spyOn(window.history, 'replaceState');
    const { user } = show(definition);
    await user.type(screen.getByRole('searchbox'), 'elbe{Enter}');
    expect(replace.mock.calls.map((call) => call[2])).toEqual(['/sales/invoices?q=elbe']);
  });

  test('nothing that matches says so and offers to clear the filters', async () => {
    framework.search = 'f=status:in:DRAFT';
    const definition = sample();
    serve(definition, 0);
    const push = vi.spyOn(window.history, 'pushState');
    const { user } = show(definition);
    await user.click(await screen.findByRole('button', { name: 'Filter leeren' }));
    expect(push.mock.calls[0]?.[2]).toBe('/sales/invoices');
  });
});

test('columns are hidden, shown and moved, and always one stays', async () => {
  const definition = sample();
  serve(definition);
  const replace = vi.spyOn(window.history, 'replaceState');
  const { user } = show(definition);
  await user.click(screen.getByRole('button', { name: 'Spalten' }));
  const panel = await screen.findByRole('dialog');
  await user.click(within(panel).getByLabelText('Notiz'));
  expect(String(replace.mock.calls.at(-1)?.[2])).toContain('cols=number,issuedOn,customer,status,gross,note');
  await user.click(within(panel).getByLabelText('Datum'));
  expect(String(replace.mock.calls.at(-1)?.[2])).toContain('cols=number,customer,status,gross');
  await user.click(within(panel).getAllByRole('button', { name: 'Nach unten' })[0] as HTMLElement);
  expect(String(replace.mock.calls.at(-1)?.[2])).toContain('cols=issuedOn,number');
});

test('an empty list says what belongs there', async () => {
  const definition = sample();
  serve(definition, 0);
  show(definition, 0);
  expect(screen.getByText('Noch keine Rechnungen')).toBeTruthy();
  expect(screen.queryByText(/0–0 von/)).toBeNull();
});

test('the foot sums what the filter matches, not what is loaded', async () => {
  const definition = sample({
    groups: { operation: { id: 't', name: 'SampleGroups' }, columns: ['status'], sums: ['gross'] },
  });
  serve(definition);
  show(definition);
  expect(await screen.findByText('256.181,30')).toBeTruthy();
});

test('a failure is shown over the rows, and trying again brings them', async () => {
  const definition = sample();
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('network');
  });
  framework.search = 'q=elbe';
  const { user } = show(definition, -1);
  const button = await screen.findByRole('button', { name: 'Jetzt versuchen' });
  serve(definition);
  await user.click(button);
  await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('23799'));
});

test('chosen rows are exported from the bar, which also goes to everything and back to nothing', async () => {
  const definition = sample();
  serve(definition, 150);
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  URL.createObjectURL = () => 'blob:file';
  URL.revokeObjectURL = () => undefined;
  const { user } = show(definition, 150);
  fireEvent.click(cell(0, 0));
  const bar = await screen.findByRole('toolbar');
  await user.click(within(bar).getByRole('button', { name: /Alle 150/ }));
  await user.click(within(bar).getByRole('button', { name: 'CSV' }));
  expect(await screen.findByText('150 Zeilen gesichert')).toBeTruthy();
  expect(click).toHaveBeenCalled();
  await user.click(within(bar).getByRole('button', { name: 'Auswahl aufheben' }));
  expect(screen.queryByRole('toolbar')).toBeNull();
});

test('what the list shows is kept under a name, with its columns', async () => {
  framework.search = 'q=elbe&cols=number,gross';
  const definition = sample();
  serve(definition);
  const { user } = show(definition);
  await user.click(screen.getByRole('button', { name: 'Ansicht sichern' }));
  await user.type(await screen.findByLabelText(/Name der Ansicht/), 'Elbe');
  await user.click(screen.getByLabelText('Für alle in der Firma'));
  const server = answering({ SetPreference: { setPreference: { preference: { id: '1' }, error: null } } });
  vi.stubGlobal('fetch', server.fetch);
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(server.asked[0]?.variables.input).toMatchObject({
    value: { name: 'Elbe', query: 'q=elbe&cols=number,gross' },
    shared: true,
  });
});
