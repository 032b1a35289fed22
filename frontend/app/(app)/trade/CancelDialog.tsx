'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';
import type { Undo } from '#ui/take-back.ts';

export interface Cancelling {
  /** Takes the document's id and a reason. */
  readonly operation: Undo['operation'];
  readonly id: string;
  readonly action: string;
  readonly question: string;
  /** What follows from it. */
  readonly text: string;
  readonly done: string;
}

/** A document that has taken effect is taken back with a reason, never removed: it stays readable. */
export default function CancelDialog({
  operation,
  id,
  action,
  question,
  text,
  done,
  onClose,
}: Cancelling & { onClose: () => void }) {
  const { t } = useLanguage();
  const router = useRouter();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const { write, busy, error } = useWrite(operation);
  const cancel = async () => {
    if (reason.trim() === '') return setMissing(true);
    if (!(await write({ id, reason: reason.trim() }))) return;
    onClose();
    toast({ tone: 'ok', text: done });
    router.refresh();
  };
  return (
    <Dialog
      title={question}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.keep')}</Button>
          <Button kind="danger" busy={busy} onClick={cancel}>
            {action}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      <Field
        label={t('ui.invoice.reason')}
        required
        maxLength={200}
        value={reason}
        error={missing && reason.trim() === '' ? t('ui.form.required') : error?.fields.reason}
        placeholder={t('ui.invoice.reasonExample')}
        onChange={(event) => setReason(event.target.value)}
      />
      {error && <Notice tone="danger" title={error.message} />}
    </Dialog>
  );
}
