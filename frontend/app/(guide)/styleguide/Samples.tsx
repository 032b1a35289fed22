'use client';

import { useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Field } from '#ui/Field.tsx';
import { toast } from '#ui/Toast.tsx';
import ToastCard from '#ui/ToastCard.tsx';

/** The parts that come and go: shown standing still, and for real. */
export function Samples() {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const saved = { tone: 'ok', text: t('ui.sample.saved') } as const;
  return (
    <>
      <div className="stage">
        <ToastCard message={{ ...saved, action: { label: t('ui.undo'), run: () => undefined } }} />
        <ToastCard message={{ tone: 'danger', text: t('ui.sample.offline'), detail: t('ui.sample.offlineDetail') }} />
      </div>
      <div className="demo-row">
        <Button onClick={() => toast(saved)}>{t('ui.sample.toast')}</Button>
        <Button onClick={() => setOpen(true)}>{t('ui.sample.dialog')}</Button>
      </div>
      {open && (
        <Dialog
          title={t('ui.sample.question')}
          text={t('ui.sample.questionText')}
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button onClick={() => setOpen(false)}>{t('ui.cancel')}</Button>
              <Button kind="danger" onClick={() => setOpen(false)}>
                {t('ui.sample.cancelInvoice')}
              </Button>
            </>
          }
        >
          <Field label={t('ui.sample.reason')} required />
        </Dialog>
      )}
    </>
  );
}
