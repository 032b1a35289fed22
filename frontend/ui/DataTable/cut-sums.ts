/** From here on a cell is in view as a whole: its edges are empty, and places are rounded. */
const wholeRatio = 0.97;

const followed = new WeakMap<HTMLElement, AbortSignal>();

/** Marks the sums that are cut at an edge of the list, or by the label that stays in sight: they would read as other numbers. */
export function hideCutSums(foot: HTMLElement, labelPx: number, until: AbortSignal): void {
  if (until.aborted || followed.get(foot) === until) return;
  followed.set(foot, until);
  const observer = new IntersectionObserver(
    (seen) => {
      for (const { target, intersectionRatio } of seen)
        target.toggleAttribute('data-cut', intersectionRatio < wholeRatio);
    },
    { root: foot.parentElement, rootMargin: `0px 0px 0px -${labelPx}px`, threshold: wholeRatio },
  );
  for (const cell of foot.querySelectorAll('.num')) observer.observe(cell);
  until.addEventListener('abort', () => observer.disconnect());
}
