'use client';

import { useEffect, useState } from 'react';
import { request } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Skeleton } from '../States.tsx';
import { type Column, type ListDefinition, type Row, valueAt } from './definition.ts';

/** Sums of everything that the filter matches, whatever of it is loaded. The foot stands before its sums are there. */
export function GridFoot({
  definition,
  columns,
  filter,
  label,
}: {
  definition: ListDefinition;
  columns: readonly Column[];
  filter: object | null;
  label: string;
}) {
  const { t, format } = useLanguage();
  const [sums, setSums] = useState<Row | null>(null);
  const { totals } = definition;
  const key = JSON.stringify(filter);

  useEffect(() => {
    if (!totals) return;
    const patience = new AbortController();
    setSums(null);
    request<Record<string, Row>, object>(totals.operation as never, { filter: JSON.parse(key) }, patience.signal).then(
      (data) => setSums(data[totals.field] ?? null),
      () => undefined,
    );
    return () => patience.abort();
  }, [totals, key]);

  const firstSum = columns.findIndex((column) => totals?.paths[column.key]);
  const shown = firstSum < 0 ? [] : columns.slice(firstSum);
  return (
    <div className="grid-row grid-foot" role="row" aria-label={t('ui.list.sums')}>
      <div
        className="grid-cell grid-pin"
        role="gridcell"
        data-col="label"
        style={{ gridColumn: `1 / ${firstSum < 0 ? -1 : firstSum + 2}` }}
      >
        <span className="label tabn">{label}</span>
        {firstSum >= 0 && <span className="label spacer-start">{t('ui.list.sum')}</span>}
      </div>
      {shown.map((column) => {
        const path = totals?.paths[column.key];
        const value = path && sums ? valueAt(sums, path) : null;
        return (
          <div key={column.key} className="grid-cell num" role="gridcell" data-col={column.key} data-card={column.card}>
            {!path ? null : value === null ? <Skeleton width="60%" /> : format.amount(String(value))}
          </div>
        );
      })}
    </div>
  );
}
