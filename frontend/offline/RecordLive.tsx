'use client';

import { Suspense, useEffect, useState } from 'react';
import type { Operation, Seen } from '#graphql/operation.ts';
import { useLivePage } from '#graphql/use-live-page.ts';
import { late } from '#ui/late.tsx';

const Presence = late(() => import('./Presence.tsx'));

const settledAfterMs = 3000;

/** Keeps the page of a record current, and shows who else has it open. */
export function RecordLive({
  operation,
  id,
  seen,
}: {
  /** Tells that the record was changed. */
  operation: Operation<unknown, { id: string }>;
  id: string;
  seen: Seen;
}) {
  const [settled, setSettled] = useState(false);
  useLivePage(operation, id, seen);
  useEffect(() => {
    const timer = setTimeout(setSettled, settledAfterMs, true);
    return () => clearTimeout(timer);
  }, []);
  return <Suspense>{settled && <Presence recordId={id} />}</Suspense>;
}
