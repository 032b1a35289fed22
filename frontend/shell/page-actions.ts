/** The words of a button without the key that is printed on it. */
export function ownText(element: HTMLElement): string {
  return [...element.childNodes]
    .filter((node) => !(node instanceof HTMLElement && node.matches('kbd')))
    .map((node) => node.textContent ?? '')
    .join('')
    .trim();
}

/** The name of a symbol that is drawn in an element. */
export const drawnIcon = (element: HTMLElement): string | undefined =>
  element.querySelector('use')?.getAttribute('href')?.split('#icon-')[1];

export interface PageAction {
  readonly label: string;
  readonly icon: string | undefined;
  readonly key: string | null;
  readonly href: string | null;
  readonly element: HTMLElement;
}

/** What can be done with the record or list in view: what its head offers, menus included. */
export function pageActions(): PageAction[] {
  const offered = document.querySelectorAll<HTMLElement>(
    '#main .page-actions :is(a[href], button:not(:disabled, [aria-haspopup]))',
  );
  return [...offered].flatMap((element) => {
    const label = element.getAttribute('aria-label') ?? ownText(element);
    const key = element.getAttribute('aria-keyshortcuts');
    return label ? [{ label, icon: drawnIcon(element), key, href: element.getAttribute('href'), element }] : [];
  });
}
