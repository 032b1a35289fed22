/** What somebody looks for, as it was typed. */
export interface Wanted {
  /** Holds it, in whatever case, and whether umlauts were typed as such, as two letters or without their dots. */
  fits(label: string): boolean;
  /** Begins with it. */
  begins(label: string): boolean;
  /** One of its words begins nearly like it: a letter too many, too few, wrong, or two of them exchanged. */
  isNear(label: string): boolean;
  /** One of its words is exactly it. */
  isNamed(label: string): boolean;
}

/** Shorter texts are near to too much. */
const nearFrom = 4;

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
const spelled = (text: string): string => text.toLowerCase().replace(/[äöüß]/g, (letter) => umlauts[letter] as string);
const dotless = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');

export function wanted(text: string): Wanted {
  const typed = text.trim();
  const [asSpelled, asDotless] = [spelled(typed), dotless(typed)];
  const most = asSpelled.length < nearFrom ? 0 : asSpelled.length < 7 ? 1 : 2;
  return {
    fits: (label) => spelled(label).includes(asSpelled) || dotless(label).includes(asDotless),
    begins: (label) => spelled(label).startsWith(asSpelled) || dotless(label).startsWith(asDotless),
    isNear: (label) =>
      most > 0 &&
      spelled(label)
        .split(/[^\p{L}\p{N}]+/u)
        .some((word) => beginsNearly(word, asSpelled, most)),
    isNamed: (label) =>
      typed !== '' &&
      spelled(label)
        .split(/[\s,]+/)
        .includes(asSpelled),
  };
}

/** Whether the start of a word comes from what was typed by at most so many slips. */
function beginsNearly(word: string, typed: string, most: number): boolean {
  for (let length = typed.length - 1; length <= typed.length + 1; length++) {
    if (length <= word.length && slips(word.slice(0, length), typed) <= most) return true;
  }
  return false;
}

/** Number of slips between two words: letters missing, added, replaced, or exchanged with their neighbour. */
function slips(one: string, other: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (same ? 0 : 1));
      const isExchanged = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isExchanged) least = Math.min(least, at(before, j - 2) + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return at(row, other.length);
}

const at = (row: readonly number[], place: number): number => row[place] ?? Number.POSITIVE_INFINITY;
