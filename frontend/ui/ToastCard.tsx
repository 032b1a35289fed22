'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Icon } from './Icon.tsx';
import type { ToastMessage } from './Toast.tsx';

/** One message, with what can be done about it. */
export default function ToastCard({ message, onClose }: { message: Omit<ToastMessage, 'id'>; onClose?: () => void }) {
  const { t } = useLanguage();
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
          aria-keyshortcuts="R"
          onClick={() => {
            action.run();
            onClose?.();
          }}
        >
          {action.label}
          <kbd className="kbd only-desk" aria-hidden="true">
            R
          </kbd>
        </button>
      )}
      <button type="button" aria-label={t('ui.close')} onClick={onClose}>
        <Icon name="x" />
      </button>
    </div>
  );
}
