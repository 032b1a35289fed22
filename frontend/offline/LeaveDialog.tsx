'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';

/** Asks what becomes of a changed form that its reader wants to leave. */
export function LeaveDialog({
  keeps,
  onlyHere = false,
  onStay,
  onKeep,
  onDiscard,
}: {
  /** What was typed can be kept as a draft. */
  keeps: boolean;
  /** The draft is in this browser only. */
  onlyHere?: boolean;
  onStay: () => void;
  onKeep: () => void;
  onDiscard: () => void;
}) {
  const { t } = useLanguage();
  return (
    <Dialog
      title={t('ui.leave.title')}
      text={t(keeps ? (onlyHere ? 'ui.leave.textHere' : 'ui.leave.text') : 'ui.leave.textLost')}
      onClose={onStay}
      actions={
        <>
          <Button kind="ghost" onClick={onDiscard}>
            {t('ui.leave.discard')}
          </Button>
          {keeps && <Button onClick={onKeep}>{t('ui.leave.keep')}</Button>}
          <Button kind="primary" onClick={onStay} data-focus>
            {t('ui.leave.stay')}
          </Button>
        </>
      }
    />
  );
}
