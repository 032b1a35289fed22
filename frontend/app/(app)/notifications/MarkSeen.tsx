'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { MarkNotificationRead } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';

const readAfterMs = 3000;

/** What has been on screen for a moment counts as read. */
export function MarkSeen({ ids }: { ids: readonly string[] }) {
  const router = useRouter();
  const key = ids.join();
  useEffect(() => {
    if (key === '') return;
    const timer = setTimeout(() => {
      const marks = key.split(',').map((id) => request(MarkNotificationRead, { input: { id, read: true } }));
      Promise.allSettled(marks).then(() => router.refresh());
    }, readAfterMs);
    return () => clearTimeout(timer);
  }, [key, router]);
  return null;
}
