'use client';

import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
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
  text,
  onClose,
  onSubmit,
  children,
  actions,
}: {
  title: string;
  /** What it means in a sentence; read out with the title. */
  text?: ReactNode;
  onClose: () => void;
  /** The deed, for a dialog with fields: done by Enter in any of them, and by the button that is of type `submit`. */
  onSubmit?: () => unknown;
  children?: ReactNode;
  actions: ReactNode;
}) {
  const { t } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

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

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // Of a page behind the dialog no form is meant.
    event.stopPropagation();
    await onSubmit?.();
    setTimeout(() => dialog.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  };
  const content = (
    <>
      <div className="dialog-body">
        {text && <p id={`${id}text`}>{text}</p>}
        {children}
      </div>
      <footer className="dialog-foot">{actions}</footer>
    </>
  );
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      aria-describedby={text ? `${id}text` : undefined}
      onClose={closed}
    >
      <header className="dialog-head">
        <h2 id={id}>{title}</h2>
        <Button kind="ghost" size="sm" icon="x" label={t('ui.close')} onClick={onClose} />
      </header>
      {onSubmit ? (
        <form noValidate onSubmit={submit}>
          {content}
        </form>
      ) : (
        content
      )}
    </dialog>
  );
}
