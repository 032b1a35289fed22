import type { Translate } from '#i18n/translate.ts';
import type { Column, ListDefinition } from './definition.ts';

export const spans = ['month', 'quarter', 'year'] as const;
export type Span = (typeof spans)[number];

/** One way to group a list: by the values of a column, or by a span of its days. */
export interface GroupWay {
  /** As it stands in the URL: `status`, `issuedOn.month`. */
  readonly name: string;
  readonly column: Column;
  readonly span: Span | null;
  /** Name in the graph's enum: `STATUS`, `ISSUED_ON_MONTH`. */
  readonly by: string;
}

/** Every way in which a list can be grouped. */
export function groupWays(definition: ListDefinition): readonly GroupWay[] {
  return (definition.groups?.columns ?? []).flatMap((key): GroupWay[] => {
    const column = definition.columns.find((each) => each.key === key);
    if (!column?.filter) return [];
    const by = column.filter.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    if (column.filterType !== 'date') return [{ name: key, column, span: null, by }];
    return spans.map((span) => ({ name: `${key}.${span}`, column, span, by: `${by}_${span.toUpperCase()}` }));
  });
}

/** How many levels of groups a list may have. */
export const levelsMax = 2;

/** The ways of a list in groups, the outer one first, as they stand in the URL: `status,issuedOn.month`. */
export function waysOf(definition: ListDefinition, text: string | null): readonly GroupWay[] {
  const all = groupWays(definition);
  const found = (text ?? '').split(',').flatMap((name) => all.find((way) => way.name === name) ?? []);
  return [...new Set(found)].slice(0, levelsMax);
}

/** A way to group as people read it: `Datum nach Monat`. */
export const wayName = ({ span, column: { label } }: GroupWay, t: Translate): string =>
  span ? t(`ui.group.by.${span}`, { name: label }) : label;
