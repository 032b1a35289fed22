'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ReverseJournalEntry } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';

/** A reversal is an entry of its own, dated in an open period; both stay readable and name each other. */
export default function ReverseDialog({
  id,
  number,
  amount,
  onClose,
}: {
  id: string;
  number: string;
  amount: string;
  onClose: () => void;
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const [postedOn, setPostedOn] = useState(() => new Date().toISOString().slice(0, 10));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { write, busy, error } = useWrite(ReverseJournalEntry);
  const missing = (value: string) => (tried && value.trim() === '' ? t('ui.form.required') : undefined);

  const reverse = async () => {
    setTried(true);
    if (postedOn === '' || reason.trim() === '') return;
    const data = await write({ id, postedOn, reason: reason.trim() });
    const reversal = data?.reverseJournalEntry.journalEntry;
    if (!reversal) return;
    onClose();
    toast({ tone: 'ok', text: t('ui.journal.reversed', { number, reversal: reversal.number }) });
    router.push(`/finance/journal/${reversal.id}`);
    router.refresh();
  };
  return (
    <Dialog
      title={t('ui.journal.reverseQuestion', { number })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.keep')}</Button>
          <Button kind="danger" busy={busy} onClick={reverse}>
            {t('ui.journal.reverse')}
          </Button>
        </>
      }
    >
      <p>{t('ui.journal.reverseText', { amount: format.money(amount) })}</p>
      <Field
        label={t('ui.journal.postedOn')}
        type="date"
        required
        value={postedOn}
        error={missing(postedOn) ?? error?.fields.postedOn}
        onChange={(event) => setPostedOn(event.target.value)}
      />
      <Field
        label={t('ui.journal.reason')}
        required
        data-focus
        maxLength={150}
        value={reason}
        error={missing(reason) ?? error?.fields.reason}
        placeholder={t('ui.journal.reasonExample')}
        onChange={(event) => setReason(event.target.value)}
      />
      {error && !Object.values(error.fields).includes(error.message) && <Notice tone="danger" title={error.message} />}
    </Dialog>
  );
}
