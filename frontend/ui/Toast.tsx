'use client';

import { Suspense, useEffect, useSyncExternalStore } from 'react';
import { late } from './late.tsx';
import { whenSettled } from './when-settled.ts';

const loadCard = () => import('./ToastCard.tsx');
const ToastCard = late(loadCard);

export interface ToastMessage {
  readonly id: number;
  readonly tone: 'ok' | 'danger';
  readonly text: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const shownMs = 10_000;
let shown: readonly ToastMessage[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly ToastMessage[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/**
 * Says what happened, for ten seconds, at the lower edge of the screen; longer while a pointer or the focus rests on what is said.
 * Answers the id by which it can be taken away.
 */
export function toast(message: Omit<ToastMessage, 'id'>): number {
  const id = ++lastId;
  const leave = () => void (document.querySelector('.toasts:is(:hover, :focus-within)') ? stay() : dismissToast(id));
  const stay = () => setTimeout(leave, shownMs);
  change([...shown.slice(-2), { ...message, id }]);
  stay();
  return id;
}

export function dismissToast(id: number): void {
  change(shown.filter((message) => message.id !== id));
}

export function Toasts() {
  // What is said without a connection is there by then.
  useEffect(() => whenSettled(loadCard), []);
  const messages = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
    () => shown,
  );
  return (
    <div className="toasts" aria-live="polite">
      <Suspense>
        {messages.map((message) => (
          <ToastCard key={message.id} message={message} onClose={() => dismissToast(message.id)} />
        ))}
      </Suspense>
    </div>
  );
}
