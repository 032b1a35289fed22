/**
 * From the first row up into the head. There the arrows go from column to column and back down, Enter and Space sort, with Shift by
 * one column more.
 */
export function enterHead(grid: HTMLElement | null, column: number): void {
  const head = grid?.querySelector<HTMLElement>('.grid-head');
  if (!grid || !head) return;
  const buttons = [...head.querySelectorAll<HTMLElement>('.grid-sort')];
  const place = (button: HTMLElement) => Number(button.parentElement?.getAttribute('aria-colindex')) - 1;
  const go = (button: HTMLElement | undefined) => {
    button?.focus({ preventScroll: true });
    button?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  head.onkeydown = (event) => {
    const at = buttons.indexOf(event.target as HTMLElement);
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: Math.max(0, at - 1),
      ArrowRight: at + 1,
      Home: 0,
      End: buttons.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) go(buttons[to]);
    else if (event.key === 'ArrowDown' || event.key === 'Escape') grid.focus({ preventScroll: true });
    // A browser may leave the Shift out of the click that it makes of a key.
    else if (event.key === 'Enter' || event.key === ' ')
      event.target?.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: event.shiftKey }));
    else return;
    event.preventDefault();
  };
  go(buttons.find((button) => place(button) >= column) ?? buttons.at(-1));
}
