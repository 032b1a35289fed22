import '#testing/next.ts';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { framework } from '#testing/next.ts';
import { answering, draw } from '#testing/render.tsx';
import { sampleForm } from '#testing/sample-form.ts';
import { parseDecimal } from './decimal-input.ts';
import { type FormSection, RecordForm } from './RecordForm.tsx';

const sections: readonly FormSection[] = [
  {
    title: 'Stammdaten',
    fields: [
      { name: 'name', label: 'Name', kind: 'text', required: true },
      { name: 'price', label: 'Preis', kind: 'decimal' },
      { name: 'days', label: 'Tage', kind: 'integer' },
      { name: 'address.city', label: 'Ort', kind: 'text' },
      {
        name: 'kinds',
        label: 'Art',
        kind: 'choices',
        required: true,
        options: [
          { value: 'A', label: 'Kunde' },
          { value: 'B', label: 'Lieferant' },
        ],
      },
      { name: 'active', label: 'Aktiv', kind: 'yesNo', options: [{ value: 'true', label: 'Ja' }] },
      { name: 'note', label: 'Notiz', kind: 'note' },
    ],
  },
];

function show(payload: object) {
  const server = answering({ CreateThing: { createThing: payload } });
  vi.stubGlobal('fetch', server.fetch);
  framework.pushed.length = 0;
  const drawn = draw(
    <RecordForm
      operation={{ id: 'x', name: 'CreateThing', keyed: true }}
      mutation="createThing"
      object="thing"
      sections={sections}
      values={{ kinds: ['A'] }}
      target="/things/{id}"
      submit="Speichern"
      saved="Gespeichert"
    />,
  );
  return { ...drawn, server };
}

test('what was typed reaches the graph plain, nested and once, and the page of the record opens', async () => {
  const { user, server } = show({ thing: { id: '7' }, error: null });
  await user.type(screen.getByLabelText(/^Name/), '  Elbe ');
  await user.type(screen.getByLabelText('Preis'), '1.234,50');
  await user.type(screen.getByLabelText('Tage'), '14');
  await user.type(screen.getByLabelText('Ort'), 'Hamburg');
  await user.click(screen.getByLabelText('Lieferant'));
  await user.selectOptions(screen.getByLabelText('Aktiv'), 'true');
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(await screen.findByText('Gespeichert')).toBeTruthy();
  const { input } = server.asked[0]?.variables as { input: Record<string, unknown> };
  expect(input).toMatchObject({
    name: 'Elbe',
    price: '1234.50',
    days: 14,
    address: { city: 'Hamburg' },
    kinds: ['A', 'B'],
    active: true,
    note: null,
  });
  expect(input.idempotencyKey).toMatch(/^[0-9a-f-]{36}$/);
  expect(framework.pushed).toEqual(['/things/7']);
});

test('what is sent again after it was done is a new write', async () => {
  const { user, server } = show({ thing: { id: '7' }, error: null });
  await user.type(screen.getByLabelText(/^Name/), 'Elbe');
  for (const count of [1, 2]) {
    await user.click(screen.getByRole('button', { name: 'Speichern' }));
    await vi.waitFor(() => expect(framework.pushed).toHaveLength(count));
  }
  const keys = server.asked.map((each) => (each.variables.input as { idempotencyKey: string }).idempotencyKey);
  expect(keys).toHaveLength(2);
  expect(keys[0]).not.toBe(keys[1]);
});

test('a missing or wrong entry is told at its field, and nothing is sent', async () => {
  const { user, server } = show({ thing: null, error: null });
  await user.type(screen.getByLabelText('Preis'), 'viel');
  await user.click(screen.getByLabelText('Kunde'));
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(screen.getAllByText('Bitte ausfüllen.')).toHaveLength(2);
  expect(screen.getByText('Das ist keine Zahl.')).toBeTruthy();
  expect(screen.getByLabelText('Preis').getAttribute('aria-invalid')).toBe('true');
  expect(server.asked).toHaveLength(0);
});

test('errors of the graph stand at their fields, and a retry of the same input is the same write', async () => {
  const { user, server } = show({
    thing: null,
    error: {
      code: 'INVALID_INPUT',
      message: 'Bitte prüfen.',
      fields: [{ path: 'address.city', message: 'Unbekannter Ort.' }],
    },
  });
  await user.type(screen.getByLabelText(/^Name/), 'Elbe');
  await user.type(screen.getByLabelText('Ort'), 'X');
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(await screen.findByText('Unbekannter Ort.')).toBeTruthy();
  expect(screen.getByText('Bitte prüfen.')).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Ort')));
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  const keys = server.asked.map((each) => (each.variables.input as { idempotencyKey: string }).idempotencyKey);
  expect(keys[0]).toBe(keys[1]);
  await user.type(screen.getByLabelText('Ort'), 'Y');
  expect(screen.queryByText('Unbekannter Ort.')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect((server.asked[2]?.variables.input as { idempotencyKey: string }).idempotencyKey).not.toBe(keys[0]);
});

test('without a connection everything typed stays', async () => {
  const { user } = show({});
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('network');
  });
  await user.type(screen.getByLabelText(/^Name/), 'Elbe');
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(await screen.findByText(/Keine Verbindung/)).toBeTruthy();
  expect(document.activeElement?.textContent).toContain('Keine Verbindung');
  expect((screen.getByLabelText(/^Name/) as HTMLInputElement).value).toBe('Elbe');
});

test('leaving with unsaved changes is asked about', async () => {
  const { user } = show({});
  const leave = () => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(leave()).toBe(false);
  await user.type(screen.getByLabelText(/^Name/), 'E');
  expect(leave()).toBe(true);
});

describe('a number as people type it', () => {
  test.each([
    ['1.234,50', 'de', '1234.50'],
    ['1234,5', 'de', '1234.5'],
    ['1234.5', 'de', '1234.5'],
    ['1.234', 'de', '1234'],
    ['1,234.50', 'en', '1234.50'],
    ['\u2212500,00', 'de', '-500.00'],
    [',5', 'de', '0.5'],
    ['12 345', 'de', '12345'],
    ['1,234.56', 'de', '1234.56'],
    ['1.234.567,89', 'en', '1234567.89'],
    ['1.234,56 €', 'de', '1234.56'],
    ['-€ 12,50', 'de', '-12.50'],
    ['12.50 EUR', 'en', '12.50'],
  ] as const)('%s in %s is %s', (text, locale, value) => {
    expect(parseDecimal(text, locale)).toBe(value);
  });

  test.each(['', 'x', '€', '1,2,3', '1.23.4', '1.23,4.5', '0,12345', '--1', '12 $'])('%s is none', (text) => {
    expect(parseDecimal(text, 'de')).toBeNull();
  });
});

test('each fault of the graph stands at its field, what belongs to none at the head, and nothing typed is lost', async () => {
  const fault = (path: string) => ({ path, code: 'X', message: `Fehler bei ${path}.` });
  const paths = ['name', 'price', 'days', 'address.city', 'kinds.0', 'active', 'note', 'hidden.thing'];
  const { user } = show({
    thing: null,
    error: { code: 'INVALID_INPUT', message: 'Bitte prüfen.', fields: paths.map(fault) },
  });
  await user.type(screen.getByLabelText(/^Name/), 'Elbe');
  await user.type(screen.getByLabelText('Preis'), '12,50');
  await user.type(screen.getByLabelText('Notiz'), 'Bleibt');
  // By keyboard alone: Enter in a field sends the form.
  await user.type(screen.getByLabelText('Tage'), '14{Enter}');
  expect(await screen.findByText('Bitte prüfen. Fehler bei hidden.thing.')).toBeTruthy();
  for (const [label, path] of [
    [/^Name/, 'name'],
    ['Preis', 'price'],
    ['Tage', 'days'],
    ['Ort', 'address.city'],
    ['Aktiv', 'active'],
    ['Notiz', 'note'],
  ] as const) {
    const input = screen.getByLabelText(label);
    expect(input.getAttribute('aria-invalid'), path).toBe('true');
    const told = document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent;
    expect(told, path).toContain(`Fehler bei ${path}.`);
  }
  const kinds = screen.getByRole('group', { name: 'Art' });
  expect(document.getElementById(kinds.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    'Fehler bei kinds.0.',
  );
  expect((screen.getByLabelText(/^Name/) as HTMLInputElement).value).toBe('Elbe');
  expect((screen.getByLabelText('Notiz') as HTMLTextAreaElement).value).toBe('Bleibt');
  expect(document.activeElement).toBe(screen.getByLabelText(/^Name/));
});

describe('a form under the keys', () => {
  const pointer = (kind: string) => vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes(kind) }));
  const create = { record: { form: 'crm.partner', recordId: null, version: null } } as const;

  test('of something new begins in its first field, where a keyboard is at hand', () => {
    pointer('fine');
    draw(<RecordForm {...sampleForm} {...create} />);
    expect(document.activeElement).toBe(screen.getByLabelText('Name'));
  });

  test('takes the focus neither on a phone, nor from a record, nor from where its reader has gone', () => {
    pointer('coarse');
    draw(<RecordForm {...sampleForm} {...create} />).unmount();
    expect(document.activeElement).toBe(document.body);
    pointer('fine');
    draw(<RecordForm {...sampleForm} />).unmount();
    expect(document.activeElement).toBe(document.body);
    const { unmount } = draw(<button type="button">Anderswo</button>);
    screen.getByText('Anderswo').focus();
    draw(<RecordForm {...sampleForm} {...create} />);
    expect(document.activeElement).toBe(screen.getByText('Anderswo'));
    unmount();
  });

  test('is saved at once by a key that comes ahead of its help, and only once', async () => {
    const server = answering({ UpdateThing: { updateThing: { thing: { id: 't-1', version: 2 }, error: null } } });
    vi.stubGlobal('fetch', server.fetch);
    framework.pushed.length = 0;
    const { user } = draw(<RecordForm {...sampleForm} />);
    await user.type(screen.getByLabelText('Ort'), '!{Control>}s{/Control}');
    await waitFor(() => expect(framework.pushed).toEqual(['/things/t-1']));
    expect(server.asked.filter(({ operationName }) => operationName === 'UpdateThing')).toHaveLength(1);
  });
});
