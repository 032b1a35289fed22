const typing = 'input, textarea, select, [contenteditable]';

/** How long `G` waits for the letter of a page. */
const goWithinMs = 1500;
let goUntil = 0;

/**
 * Runs what a key stands for: arrows inside an open menu, `G` and the letter of a page (`data-go`), or the element that names
 * the key in `aria-keyshortcuts`. `?` opens the sheet of all keys.
 */
export function runShortcut(event: KeyboardEvent, openSheet: () => void): void {
  const target = event.target as HTMLElement;
  const menu = document.querySelector<HTMLElement>('[role=menu]:popover-open');
  if (menu) return moveInMenu(event, menu);
  if (event.altKey || event.metaKey || event.ctrlKey || target.closest(typing)) return;
  if (document.querySelector('dialog[open]')) return;
  const wanted = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (wanted === '?') {
    event.preventDefault();
    openSheet();
    return;
  }
  const going = Date.now() < goUntil;
  goUntil = 0;
  if (going) {
    const page = document.querySelector<HTMLElement>(`[data-go="${CSS.escape(wanted)}"]`);
    if (!page) return;
    event.preventDefault();
    page.click();
    return;
  }
  for (const element of document.querySelectorAll<HTMLElement>('[aria-keyshortcuts]')) {
    if (element.getAttribute('aria-keyshortcuts') !== wanted || element.closest('[inert]')) continue;
    event.preventDefault();
    if (element.matches(typing)) element.focus();
    else element.click();
    return;
  }
  if (wanted === 'G') goUntil = Date.now() + goWithinMs;
}

function moveInMenu(event: KeyboardEvent, menu: HTMLElement): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}
