import { isDecimal } from '@valeo/money/decimal.ts';
import type { Locale } from '#i18n/translate.ts';

/**
 * Reads a number as people of a language type it: `1.234,50` in German, `1,234.50` in English, and a plain `1234.5` in
 * both. What is pasted may be written the other way where both signs tell which is which, and may have its currency beside it. Null
 * when it is no number with at most `scale` decimals.
 */
export function parseDecimal(text: string, locale: Locale, scale = 4): string | null {
  const compact = text
    .replaceAll(/[\s\u00a0\u202f']/g, '')
    .replace('\u2212', '-')
    .replace(/^(-?)(?:€|EUR)|(?:€|EUR)$/i, '$1');
  const signs = compact.match(/[.,]/g) ?? [];
  const isGerman = new Set(signs).size === 2 ? signs.at(-1) === ',' : locale === 'de';
  const [group, point] = isGerman ? ['.', ','] : [',', '.'];
  const grouped = new RegExp(`^-?[1-9]\\d{0,2}(\\${group}\\d{3})+(\\${point}\\d+)?$`);
  const plain = grouped.test(compact) ? compact.replaceAll(group, '') : compact;
  const value = plain
    .replace(',', '.')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '');
  return /^-?\d{1,15}(\.\d+)?$/.test(value) && isDecimal(value, scale) ? value : null;
}
