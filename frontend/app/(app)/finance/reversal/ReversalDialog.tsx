'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ReverseJournalEntry, UnmatchBankTransaction } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { today } from '#i18n/today.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { toast } from '#ui/Toast.tsx';

export interface ReversalProps {
  readonly id: string;
  /** An entry is reversed by itself; that of a bank transaction goes with the match. */
  readonly of: 'entry' | 'match';
  readonly label: string;
  readonly question: string;
  readonly text: string;
  readonly done: string;
  readonly onClose: () => void;
}

/** A reversal is an entry of its own, dated in an open period; both stay readable and name each other. */
export default function ReversalDialog({ id, of, label, question, text, done, onClose }: ReversalProps) {
  const { t } = useLanguage();
  const router = useRouter();
  const [postedOn, setPostedOn] = useState(today);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const entry = useWrite(ReverseJournalEntry);
  const match = useWrite(UnmatchBankTransaction);
  const { busy, error } = of === 'entry' ? entry : match;
  const missing = (value: string) => (tried && value.trim() === '' ? t('ui.form.required') : undefined);

  const reverse = async () => {
    setTried(true);
    if (busy || postedOn === '' || reason.trim() === '') return;
    const input = { id, postedOn, reason: reason.trim() };
    const reversed = of === 'entry' ? await entry.write(input) : null;
    if (!reversed && (of === 'entry' || !(await match.write(input)))) return;
    onClose();
    toast({ tone: 'ok', text: done });
    const reversal = reversed?.reverseJournalEntry.journalEntry;
    if (reversal) router.push(`/finance/journal/${reversal.id}`);
    router.refresh();
  };
  return (
    <Dialog
      title={question}
      text={text}
      onClose={onClose}
      onSubmit={reverse}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.keep')}</Button>
          <Button kind="danger" type="submit" busy={busy}>
            {label}
          </Button>
        </>
      }
    >
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
