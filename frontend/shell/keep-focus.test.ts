import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepFocus } from './keep-focus.ts';

let stop: () => void;
const find = (selector: string) => document.querySelector<HTMLElement>(selector) as HTMLElement;
const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  document.body.innerHTML =
    '<main><h1>AN-2024-000001</h1><button id="send">Senden</button><button>Drucken</button></main>';
  history.replaceState(null, '', '/sales/quotes/q1');
  stop = keepFocus();
  find('#send').focus();
});
afterEach(() => stop());

test('the focus goes on at the title when the button of a step that was taken is gone', async () => {
  find('#send').remove();
  await settled();
  expect(document.activeElement).toBe(find('h1'));
});

test('it stays where something else has taken it, or where the reader has left it', async () => {
  const other = find('button:not([id])');
  find('#send').remove();
  other.focus();
  await settled();
  expect(document.activeElement).toBe(other);
  other.blur();
  find('main').dispatchEvent(new Event('pointerdown', { bubbles: true }));
  other.remove();
  await settled();
  expect(document.activeElement).toBe(document.body);
});

/** Another page in the place of the one that is shown, as the framework puts it there. */
const follow = (path: string, page: string) => {
  history.pushState(null, '', path);
  find('main').innerHTML = page;
};

test('a page that follows another begins at its title, wherever the focus was', async () => {
  document.body.insertAdjacentHTML('afterbegin', '<nav><a href="/sales/orders">Aufträge</a></nav>');
  find('nav a').focus();
  follow('/sales/orders', '<h1>Aufträge</h1><button>Neu</button>');
  await settled();
  expect(document.activeElement?.textContent).toBe('Aufträge');
  expect(document.activeElement).toBe(find('main h1'));
  follow('/sales/orders/o1', '<p>…</p>');
  await settled();
  expect(document.activeElement).toBe(document.body);
  find('main').innerHTML = '<h1>AU-1</h1>';
  await settled();
  expect(document.activeElement).toBe(find('h1'));
});

test('a field that a page begins in keeps the focus, and so does a dialog', async () => {
  follow('/crm/partners/new', '<h1>Neu</h1><input name="name">');
  find('input').focus();
  await settled();
  expect(document.activeElement).toBe(find('input'));
  document.body.insertAdjacentHTML('beforeend', '<dialog open><button>Schließen</button></dialog>');
  find('dialog button').focus();
  follow('/sales/orders', '<h1>Aufträge</h1>');
  await settled();
  expect(document.activeElement).toBe(find('dialog button'));
  find('dialog').remove();
  await settled();
  expect(document.activeElement).toBe(find('h1'));
});

test('other tabs and filters of the same page leave the focus where it is', async () => {
  history.pushState(null, '', '/sales/quotes/q1?tab=files');
  find('main').insertAdjacentHTML('beforeend', '<p>Anlagen</p>');
  await settled();
  expect(document.activeElement).toBe(find('#send'));
});
