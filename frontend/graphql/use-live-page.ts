'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';
import { listenWhileVisible, subscribe } from './client.ts';
import type { Operation, Seen } from './operation.ts';

/** A record is shown by little script, which has come to rest by then. */
const listenAfterMs = 700;
/** The gateway has answered before its domain listens; a moment later it does. */
const askAfterMs = 200;

type Live<Data> = Operation<Data, { id: string }>;

/**
 * Fetches a page again when what it shows was changed, by whomever. What happened between its making and the beginning of listening
 * is noticed by what it was made from.
 */
export function useLivePage<Data>(operation: Live<Data>, id: string, seen: Seen): void {
  const router = useRouter();
  const refresh = useCallback(() => router.refresh(), [router]);
  const shown = useRef<Seen | null>(null);
  useEffect(() => {
    shown.current = seen;
    return () => {
      shown.current = null;
    };
  }, [seen]);
  const compare = useCallback(async () => {
    const asked = shown.current;
    if (!asked) return;
    const { isOutdated } = await import('./seen.ts');
    if ((await isOutdated(asked)) && shown.current === asked) refresh();
  }, [refresh]);
  useLiveRecord(operation, id, refresh, compare);
}

/** Calls back when a record was changed, and each time listening has begun. Nothing is listened to without an operation or an id. */
export function useLiveRecord<Data>(
  operation: Live<Data> | undefined,
  id: string | null | undefined,
  onChange: () => void,
  onOpen?: () => void,
): void {
  // Operations that come with a page are other objects each time it is rendered.
  const { id: hash, name } = operation ?? {};
  useEffect(() => {
    if (!hash || !name || !id) return;
    const opened = onOpen && (() => void setTimeout(onOpen, askAfterMs));
    return listenWhileVisible(() => subscribe({ id: hash, name }, { id }, () => onChange(), opened), listenAfterMs);
  }, [hash, name, id, onChange, onOpen]);
}
