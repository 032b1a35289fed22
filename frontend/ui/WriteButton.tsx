'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from './Button.tsx';
import { hrefOf, type Row } from './DataTable/definition.ts';
import { Dialog } from './Dialog.tsx';
import { Field } from './Field.tsx';
import type { IconName } from './Icon.tsx';
import { Notice } from './States.tsx';
import { toast } from './Toast.tsx';
import type { Undo } from './take-back.ts';

/** What lets a write pass that the server refuses with `code`: a reason in words, or another day. */
export interface AskedReason {
  readonly code: string;
  /** Field of the input that takes it. */
  readonly field: string;
  readonly label: string;
  readonly type?: 'text' | 'date';
}

/** A button that runs one mutation and shows the page anew; with a question first where it cannot be undone. */
export function WriteButton({
  operation,
  input,
  children,
  icon,
  kind,
  question,
  reason,
  saved,
  undo,
  target,
}: {
  operation: Undo['operation'];
  input: object;
  children: string;
  icon?: IconName;
  kind?: 'primary' | 'ghost' | 'danger';
  question?: string;
  reason?: AskedReason;
  saved?: string;
  /** Takes the write back; offered beside `saved`. */
  undo?: Undo;
  /** Where to go afterwards, with `{object.id}` for values of the payload. */
  target?: string;
}) {
  const { t } = useLanguage();
  const router = useRouter();
  const [asking, setAsking] = useState<'question' | 'reason' | null>(null);
  const [words, setWords] = useState('');
  const { write, busy, error, attempt } = useWrite(operation);

  useEffect(() => {
    if (error && !asking) toast({ tone: 'danger', text: error.message });
  }, [error, asking]);

  const run = async () => {
    const given = asking === 'reason' && reason ? { ...input, [reason.field]: words.trim() } : input;
    const data = (await write(given)) as Record<string, Row> | null;
    if (data === null) {
      if (reason && attempt.current.code === reason.code) setAsking('reason');
      return;
    }
    setAsking(null);
    if (saved) {
      const takeBack = async (write: Undo) => (await import('./take-back.ts')).takeBack(write, t, router.refresh);
      const action = undo && { label: t('ui.undo'), run: () => void takeBack(undo) };
      toast({ tone: 'ok', text: saved, action });
    }
    const payload = Object.values(data)[0];
    const href = target && payload ? hrefOf(target, payload) : null;
    if (href) router.push(href);
    router.refresh();
  };
  return (
    <>
      <Button
        size="sm"
        kind={kind}
        icon={icon}
        busy={busy && !asking}
        onClick={() => (question ? setAsking('question') : run())}
      >
        {children}
      </Button>
      {asking && (
        <Dialog
          title={asking === 'question' ? (question ?? '') : children}
          onClose={() => setAsking(null)}
          onSubmit={() => !busy && (asking === 'question' || words.trim() !== '') && run()}
          actions={
            <>
              <Button onClick={() => setAsking(null)}>{t('ui.cancel')}</Button>
              <Button
                kind={asking === 'question' ? 'danger' : 'primary'}
                type="submit"
                busy={busy}
                disabled={asking === 'reason' && words.trim() === ''}
              >
                {children}
              </Button>
            </>
          }
        >
          {error && <Notice tone="danger" title={error.message} />}
          {asking === 'reason' && reason && (
            <Field
              label={reason.label}
              type={reason.type ?? 'text'}
              required
              value={words}
              error={error?.fields[reason.field]}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Dialog>
      )}
    </>
  );
}
