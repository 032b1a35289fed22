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

test('another page begins as it does in any browser', async () => {
  history.replaceState(null, '', '/sales/orders/o1');
  find('#send').remove();
  await settled();
  expect(document.activeElement).toBe(document.body);
});
