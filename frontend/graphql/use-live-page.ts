'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { listenWhileVisible, subscribe } from './client.ts';
import type { Operation } from './operation.ts';

/** Fetches a page again when what it shows was changed, by whomever. */
export function useLivePage<Data>(operation: Operation<Data, { id: string }>, id: string): void {
  const router = useRouter();
  useEffect(
    () => listenWhileVisible(() => subscribe(operation, { id }, () => router.refresh())),
    [operation, id, router],
  );
}
