import type { Formats } from '#i18n/format.ts';

/** Countries by name, and texts that are cut as a whole: put on a cell when the pointer reaches it, not before. */
export function showTitle(cell: HTMLElement, format: Formats): void {
  if (cell.hasAttribute('aria-invalid')) return;
  const iso = cell.querySelector<HTMLElement>('.iso');
  const country = iso?.textContent ? format.country(iso.textContent) : '';
  const text = cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? '') : '';
  const title = [text, country].filter((part) => part !== '' && part !== cell.textContent).join(', ') || text;
  if (title) cell.title = title;
  else cell.removeAttribute('title');
}
