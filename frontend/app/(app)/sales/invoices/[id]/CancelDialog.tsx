'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { CancelSalesInvoice } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';

/** Cancelling makes a document of its own and the reversing entry; the original stays readable. */
export default function CancelDialog({
  id,
  title,
  gross,
  onClose,
}: {
  id: string;
  title: string;
  gross: string;
  onClose: () => void;
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const { write, busy, error } = useWrite(CancelSalesInvoice);
  const cancel = async () => {
    if (reason.trim() === '') return setMissing(true);
    if (!(await write({ id, reason: reason.trim() }))) return;
    onClose();
    toast({ tone: 'ok', text: t('ui.invoice.cancelled', { number: title }) });
    router.refresh();
  };
  return (
    <Dialog
      title={t('ui.invoice.cancelQuestion', { number: title })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.keep')}</Button>
          <Button kind="danger" busy={busy} onClick={cancel}>
            {t('ui.invoice.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('ui.invoice.cancelText', { gross: format.money(gross) })}</p>
      <Field
        label={t('ui.invoice.reason')}
        required
        value={reason}
        error={missing && reason.trim() === '' ? t('ui.form.required') : error?.fields.reason}
        placeholder={t('ui.invoice.reasonExample')}
        onChange={(event) => setReason(event.target.value)}
      />
      {error && <Notice tone="danger" title={error.message} />}
    </Dialog>
  );
}
