'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { today } from '#i18n/today.ts';
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
  /** Asks for the day of the reversal as well. */
  readonly dated?: boolean;
}

/** A document that has taken effect is taken back with a reason, never removed: it stays readable. */
export default function CancelDialog({
  operation,
  id,
  action,
  question,
  text,
  done,
  dated = false,
  onClose,
}: Cancelling & { onClose: () => void }) {
  const { t } = useLanguage();
  const router = useRouter();
  const [reason, setReason] = useState('');
  const [postedOn, setPostedOn] = useState(today);
  const [tried, setTried] = useState(false);
  const { write, busy, error } = useWrite(operation);
  const cancel = async () => {
    setTried(true);
    if (busy || reason.trim() === '' || postedOn === '') return;
    if (!(await write({ id, reason: reason.trim(), ...(dated && { postedOn }) }))) return;
    onClose();
    toast({ tone: 'ok', text: done });
    router.refresh();
  };
  const missing = (value: string) => (tried && value.trim() === '' ? t('ui.form.required') : undefined);
  return (
    <Dialog
      title={question}
      text={text}
      onClose={onClose}
      onSubmit={cancel}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.keep')}</Button>
          <Button kind="danger" type="submit" busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      {dated && (
        <Field
          label={t('ui.journal.postedOn')}
          type="date"
          required
          value={postedOn}
          error={missing(postedOn) ?? error?.fields.postedOn}
          onChange={(event) => setPostedOn(event.target.value)}
        />
      )}
      <Field
        label={t('ui.invoice.reason')}
        required
        data-focus
        maxLength={200}
        value={reason}
        error={missing(reason) ?? error?.fields.reason}
        placeholder={t('ui.invoice.reasonExample')}
        onChange={(event) => setReason(event.target.value)}
      />
      {error && !Object.values(error.fields).includes(error.message) && <Notice tone="danger" title={error.message} />}
    </Dialog>
  );
}
