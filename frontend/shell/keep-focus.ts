/**
 * What has the focus goes when a page is shown anew without it, as the button of a step does that has been taken. The focus then goes
 * on at the title of the page, which says where one is: from the start of the document it would be a long way back. Where a page
 * follows another it begins as it does in any browser. Returns the way to stop.
 */
export function keepFocus(): () => void {
  let last: { readonly element: Element; readonly path: string } | null = null;
  const note = ({ target }: Event) => {
    last = { element: target as Element, path: location.pathname };
  };
  const leave = ({ target }: Event) => {
    if (!(target as Element).closest?.('a, button, input, select, textarea, [tabindex]')) last = null;
  };
  const look = () => {
    if (!last || last.element.isConnected || document.activeElement !== document.body) return;
    const { path } = last;
    last = null;
    const title = path === location.pathname && document.querySelector<HTMLElement>('main h1');
    if (!title) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  };
  const watch = new MutationObserver(look);
  watch.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', note);
  document.addEventListener('pointerdown', leave);
  return () => {
    watch.disconnect();
    document.removeEventListener('focusin', note);
    document.removeEventListener('pointerdown', leave);
  };
}
