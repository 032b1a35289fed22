'use client';

import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Notice } from '#ui/States.tsx';

/** Asks whether an entry that the ledger has found right is to be posted. */
export default function PostDialog({
  amount,
  day,
  busy,
  failure,
  onPost,
  onClose,
}: {
  /** Sum of either side. */
  amount: string;
  day: string;
  busy: boolean;
  failure: string | null;
  onPost: () => void;
  onClose: () => void;
}) {
  const { t, format } = useLanguage();
  return (
    <Dialog
      title={t('ui.journal.postQuestion')}
      text={t('ui.journal.postText', { amount: format.money(amount), date: format.date(day) })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={onPost} data-focus>
            {t('ui.journal.post')}
          </Button>
        </>
      }
    >
      {failure && <Notice tone="danger" title={failure} />}
    </Dialog>
  );
}
