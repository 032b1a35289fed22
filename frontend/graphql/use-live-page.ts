'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect } from 'react';
import { listenWhileVisible, subscribe } from './client.ts';
import type { Operation } from './operation.ts';

/** Fetches a page again when what it shows was changed, by whomever. */
export function useLivePage<Data>(operation: Operation<Data, { id: string }>, id: string): void {
  const router = useRouter();
  const refresh = useCallback(() => router.refresh(), [router]);
  useLiveRecord(operation, id, refresh);
}

/**
 * Calls back when a record was changed; also when the reader comes back to the page, since nothing was heard meanwhile.
 * Nothing is listened to without an operation or an id.
 */
export function useLiveRecord<Data>(
  operation: Operation<Data, { id: string }> | undefined,
  id: string | null | undefined,
  onChange: () => void,
  /** Also called when listening begins, for what was changed since the page was made. */
  atOnce = false,
): void {
  // Operations that come with a page are other objects each time it is rendered.
  const { id: hash, name } = operation ?? {};
  useEffect(() => {
    if (!hash || !name || !id) return;
    let isAsked = atOnce;
    return listenWhileVisible(() => {
      if (isAsked) onChange();
      isAsked = true;
      return subscribe({ id: hash, name }, { id }, () => onChange());
    });
  }, [hash, name, id, onChange, atOnce]);
}
