'use client';

import { useLanguage } from '#i18n/client.tsx';
import { type Signal, useSignal } from './signal.ts';
import type { Seen } from './useListScroll.ts';

/** Which rows are in view, at the start of the foot. */
export function RowsSeen({ seen, total }: { seen: Signal<Seen>; total: number }) {
  const { t, format } = useLanguage();
  const { first, last } = useSignal(seen);
  const text = t('ui.list.rows', {
    first: first + 1,
    last: last + 1,
    total: total < 0 ? '…' : format.integer(total),
  });
  return <span className="label tabn">{last >= first ? text : ''}</span>;
}

/** The same beside the thumb, while the list is being scrolled. */
export function ScrollHint({ seen, total }: { seen: Signal<Seen>; total: number }) {
  const { t, format } = useLanguage();
  const { first, last, scrolling } = useSignal(seen);
  return (
    <div className={scrolling ? 'scroll-hint is-on' : 'scroll-hint'} aria-hidden="true">
      <strong className="tabn">{`${format.integer(first + 1)}–${format.integer(last + 1)}`}</strong>
      <span>{total < 0 ? '' : t('ui.list.of', { total })}</span>
    </div>
  );
}
