'use client';

import { useSyncExternalStore } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from './Icon.tsx';

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

/** Says what happened, for ten seconds, at the lower edge of the screen. Answers the id by which it can be taken away. */
export function toast(message: Omit<ToastMessage, 'id'>): number {
  const id = ++lastId;
  change([...shown.slice(-2), { ...message, id }]);
  setTimeout(() => dismissToast(id), shownMs);
  return id;
}

export function dismissToast(id: number): void {
  change(shown.filter((message) => message.id !== id));
}

export function Toasts() {
  const { t } = useLanguage();
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
      {messages.map((message) => (
        <ToastCard
          key={message.id}
          message={message}
          closeLabel={t('ui.close')}
          onClose={() => dismissToast(message.id)}
        />
      ))}
    </div>
  );
}

export function ToastCard({
  message,
  closeLabel,
  onClose,
}: {
  message: Omit<ToastMessage, 'id'>;
  closeLabel: string;
  onClose?: () => void;
}) {
  const { action } = message;
  return (
    <div className={`toast toast--${message.tone}`} role={message.tone === 'danger' ? 'alert' : 'status'}>
      <Icon name={message.tone === 'ok' ? 'st-paid' : 'alert'} />
      <p className="toast-text">
        {message.text}
        {message.detail && <span>{message.detail}</span>}
      </p>
      {action && (
        <button
          type="button"
          className="toast-act"
          onClick={() => {
            action.run();
            onClose?.();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" aria-label={closeLabel} onClick={onClose}>
        <Icon name="x" />
      </button>
    </div>
  );
}
