'use client';

import { type CSSProperties, useEffect, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '../Icon.tsx';
import { Skeleton } from '../Skeleton.tsx';
import { valueText } from './cell.tsx';
import type { Column, ListDefinition } from './definition.ts';
import { type Group, sumOf } from './group-row-data.ts';
import { RowsSeen } from './ScrollPlace.tsx';
import type { Signal } from './signal.ts';
import type { Seen } from './useListScroll.ts';
import { fetchGroups } from './useRowWindows.ts';

/** Sums of everything that the filter matches, whatever of it is loaded. The foot stands before its sums are there. */
export function GridFoot({
  definition,
  columns,
  filter,
  seen,
  total,
  version,
}: {
  definition: ListDefinition;
  columns: readonly Column[];
  filter: object | null;
  seen: Signal<Seen>;
  total: number;
  /** Changes when rows did, and the sums may have with them. */
  version: number;
}) {
  const { t, format } = useLanguage();
  const [whole, setWhole] = useState<Group | null>(null);
  const key = JSON.stringify(filter);

  // The version is the reason to ask again.
  useEffect(() => {
    const patience = new AbortController();
    fetchGroups(definition, { filter: JSON.parse(key), first: 1, sums: true }, patience.signal).then(
      ({ groups }) => setWhole(groups[0] ?? null),
      () => undefined,
    );
    return () => patience.abort();
  }, [definition, key, version]);
  // Sums of another filter are not shown while these are on their way.
  useEffect(() => setWhole(null), [key]);

  const added = new Set(definition.groups?.sums);
  const firstSum = columns.findIndex((column) => added.has(column.key));
  const shown = firstSum < 0 ? [] : columns.slice(firstSum);
  const words = { format, yes: '', no: '' };
  const label = definition.groups?.label ?? t('ui.list.sum');
  // Where the list is scrolled to its end three numbers are as long as that of its rows.
  const room = t('ui.list.rows', { first: '', last: '', total: '' }).length + 3 * format.integer(total).length;
  return (
    <div
      className="grid-row grid-foot"
      role="row"
      aria-label={t('ui.list.sums')}
      style={{ '--room': `${room + label.length}ch` } as CSSProperties}
    >
      <div
        className="grid-cell grid-pin"
        role="gridcell"
        data-col="label"
        style={{ gridColumn: `1 / ${firstSum < 0 ? -1 : firstSum + 2}` }}
      >
        <RowsSeen seen={seen} total={total} />
        {firstSum >= 0 && <span className="label spacer-start">{label}</span>}
      </div>
      {shown.map((column) => {
        const sum = whole && sumOf(whole, column, definition);
        return (
          <div key={column.key} className="grid-cell num" role="gridcell" data-col={column.key} data-card={column.card}>
            {added.has(column.key) && <Icon name="sum" />}
            {!added.has(column.key) ? null : sum ? valueText(column, sum, words) : <Skeleton width="60%" />}
          </div>
        );
      })}
    </div>
  );
}
