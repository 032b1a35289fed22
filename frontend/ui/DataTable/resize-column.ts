import { clampWidth } from './state.ts';

/** Drags the edge of a column; the grid follows at once, the URL when the pointer is let go. */
export function resizeColumn(grip: HTMLElement, pointerId: number, from: number, done: (width: number) => void): void {
  const head = grip.parentElement as HTMLElement;
  const grid = head.closest<HTMLElement>('.grid') as HTMLElement;
  const tracks = getComputedStyle(head.parentElement as HTMLElement).gridTemplateColumns.split(' ');
  const at = [...(head.parentElement as HTMLElement).children].indexOf(head);
  const before = head.offsetWidth;
  let width = before;
  grip.setPointerCapture(pointerId);
  grip.onpointermove = (move) => {
    width = clampWidth(before + move.clientX - from);
    tracks[at] = `${width}px`;
    grid.style.setProperty('--cols', tracks.join(' '));
  };
  grip.onpointerup = () => {
    grip.onpointermove = null;
    grip.onpointerup = null;
    done(width);
  };
}
