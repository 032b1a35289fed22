'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from './Button.tsx';

/** Where the focus begins: at what says so, else at the first field. Otherwise the browser takes the button that closes. */
const firstField = '.dialog-body :is(input:not([readonly], [type=hidden]), select, textarea):not(:disabled)';

/**
 * A modal question. The title asks, the button names the deed. The browser keeps the focus inside and Escape closes.
 * Mounted means open: the owner unmounts it when `onClose` is called.
 */
export function Dialog({
  title,
  onClose,
  children,
  actions,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  actions: ReactNode;
}) {
  const { t } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      const find = (selector: string) => element.querySelector<HTMLElement>(selector);
      (find('[data-focus]') ?? find(firstField))?.focus();
    }
    return () => element?.close();
  }, []);

  // A dialog that was shown again before its `close` arrived, as React's strict mode does, stays.
  const closed = () => {
    if (!dialog.current?.open) onClose();
  };

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={titleId} onClose={closed}>
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <Button kind="ghost" size="sm" icon="x" label={t('ui.close')} onClick={onClose} />
      </header>
      <div className="dialog-body">{children}</div>
      <footer className="dialog-foot">{actions}</footer>
    </dialog>
  );
}
