/** Room in px that an estimate leaves, since letters that stand together may be a little wider than each by itself. */
const sparePx = 4;

let context: OffscreenCanvasRenderingContext2D | null = null;
let font = '';
let widths = new Map<string, number>();

/** Takes the letters of an element as the measure; until then nothing is said to fit. */
export function measureBy(element: HTMLElement): void {
  if (typeof OffscreenCanvas === 'undefined') return;
  context ??= new OffscreenCanvas(1, 1).getContext('2d');
  const style = getComputedStyle(element);
  // As wide as any cell writes it.
  const next = `600 ${style.fontSize} ${style.fontFamily}`;
  if (!context || font === next) return;
  font = next;
  context.font = next;
  widths = new Map();
}

/** Whether a text surely has room. Each letter is measured once, so that asking costs less than the clip that it saves. */
export function fits(text: string, roomPx: number): boolean {
  if (!context) return false;
  let left = roomPx - sparePx;
  for (const letter of text) {
    let width = widths.get(letter);
    if (width === undefined) {
      width = context.measureText(letter).width;
      widths.set(letter, width);
    }
    left -= width;
    if (left < 0) return false;
  }
  return true;
}
