import type { Messages } from './translate.ts';

/**
 * Texts as a language would have them whose words are 40 % longer and full of accents: shows what is cut off, what overflows, and
 * what does not come from a catalogue. For tests and designers; asked for by the cookie `valeo-pseudo`.
 */
export const pseudoCookie = 'valeo-pseudo';

const growth = 0.4;
const plain = 'aceilnorsuyzACEILNORSUYZ';
const accented = 'áçéíłñôřšûýžÁÇÉÍŁÑÔŘŠÛÝŽ';

export function pseudoMessages(messages: Messages): Messages {
  return Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, pseudoText(text)]));
}

/** One text; the parameters in braces and the bar between singular and plural stay what they are. */
export function pseudoText(text: string): string {
  return text
    .split('|')
    .map((form) => {
      const letters = form.replaceAll(/\{\w+\}/g, '').length;
      const longer = form.replaceAll(/\{\w+\}|[a-z]/gi, (part) => (part.length > 1 ? part : accent(part)));
      return `${longer}${'ëïõüâ'.repeat(Math.ceil(letters / 5)).slice(0, Math.ceil(letters * growth))}`;
    })
    .join('|');
}

const accent = (letter: string): string => accented[plain.indexOf(letter)] ?? letter;
