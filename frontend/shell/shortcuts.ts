const typing = 'input, textarea, select, [contenteditable]';

/** Runs what a key stands for: arrows inside an open menu, or the element that names the key in `aria-keyshortcuts`. */
export function runShortcut(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  const menu = document.querySelector<HTMLElement>('[role=menu]:popover-open');
  if (menu) return moveInMenu(event, menu);
  if (event.altKey || event.metaKey || target.closest(typing)) return;
  if (event.ctrlKey) return;
  const wanted = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  for (const element of document.querySelectorAll<HTMLElement>('[aria-keyshortcuts]')) {
    if (element.getAttribute('aria-keyshortcuts') !== wanted || element.closest('[inert]')) continue;
    event.preventDefault();
    if (element.matches(typing)) element.focus();
    else element.click();
    return;
  }
}

function moveInMenu(event: KeyboardEvent, menu: HTMLElement): void {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}
