import '#testing/next.ts';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { draw } from '#testing/render.tsx';
import { Views } from './Views.tsx';

const views = [
  { name: 'Alle', query: '' },
  { name: 'Meine', query: 'f=status:eq:OPEN&cols=number', key: 'views/salesInvoices/1' },
];
const current = () => screen.getAllByRole('link').find((link) => link.getAttribute('aria-current'));
const buttons = () => screen.queryAllByRole('button').map((button) => button.getAttribute('aria-label'));

test('a view that is shown as it was saved can be forgotten, not saved again', () => {
  draw(<Views connection="salesInvoices" views={views} query="cols=number&f=status:eq:OPEN" />);
  expect(current()?.textContent).toBe('Meine');
  expect(buttons()).toEqual(['Ansicht Meine entfernen']);
});

test('a view with other columns is still that view, and can be saved as one of its own', () => {
  draw(<Views connection="salesInvoices" views={views} query="cols=number,gross" />);
  expect(current()?.textContent).toBe('Alle');
  expect(buttons()).toEqual(['Ansicht sichern']);
});

test('what stays in view sideways is a matter of columns as well', () => {
  draw(<Views connection="salesInvoices" views={views} query="pin=2" />);
  expect(current()?.textContent).toBe('Alle');
  expect(buttons()).toEqual(['Ansicht sichern']);
});

test('an own view whose columns were changed can be forgotten, and saved as another one', () => {
  draw(<Views connection="salesInvoices" views={views} query="cols=number~200&f=status:eq:OPEN" />);
  expect(current()?.textContent).toBe('Meine');
  expect(buttons()).toEqual(['Ansicht sichern', 'Ansicht Meine entfernen']);
});
