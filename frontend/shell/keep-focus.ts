const settable = 'a, button, input, select, textarea, [tabindex]';
/** A page that has no title by then begins as it does in any browser. */
const titledWithinMs = 5000;

/**
 * Where the focus goes on when what had it is gone. When a page is shown anew without it, as the button of a step is that has been
 * taken, and when a page follows another: at the title, which says where one is; from the start of the document, or from a link of
 * the navigation, it would be a long way to what one came for. A page that puts the focus somewhere itself keeps it there. Returns the
 * way to stop.
 */
export function keepFocus(): () => void {
  let last: Element | null = document.activeElement;
  let path = location.pathname;
  let followedAt = Number.NEGATIVE_INFINITY;
  let titleBefore: Element | null = document.querySelector('main h1');

  const note = ({ target }: Event) => {
    last = target as Element;
  };
  const leave = ({ target }: Event) => {
    if (!(target as Element).closest?.(settable)) last = null;
  };
  const goOn = (title: HTMLElement) => {
    last = null;
    followedAt = Number.NEGATIVE_INFINITY;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  };
  const look = () => {
    const title = document.querySelector<HTMLElement>('main h1');
    if (location.pathname !== path) {
      path = location.pathname;
      followedAt = performance.now();
    }
    const isFollowing = performance.now() - followedAt < titledWithinMs;
    // The title of the page before stands until that of the next one is there.
    if (isFollowing && title && title !== titleBefore) {
      titleBefore = title;
      const active = document.activeElement;
      if (active?.closest('main, dialog')) followedAt = Number.NEGATIVE_INFINITY;
      else goOn(title);
      return;
    }
    if (!isFollowing) titleBefore = title;
    const isGone = last && !last.isConnected && document.activeElement === document.body;
    if (isGone && !isFollowing && title) goOn(title);
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
