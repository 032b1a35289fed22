'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from './Button.tsx';
import { hrefOf, type Row } from './DataTable/definition.ts';
import { Dialog } from './Dialog.tsx';
import type { IconName } from './Icon.tsx';
import { Notice } from './States.tsx';
import { toast } from './Toast.tsx';

/** A button that runs one mutation and shows the page anew; with a question first where it cannot be undone. */
export function WriteButton({
  operation,
  input,
  children,
  icon,
  kind,
  question,
  saved,
  target,
}: {
  operation: { readonly id: string; readonly name: string; readonly writes?: true; readonly keyed?: true };
  input: object;
  children: string;
  icon?: IconName;
  kind?: 'primary' | 'ghost' | 'danger';
  question?: string;
  saved?: string;
  /** Where to go afterwards, with `{object.id}` for values of the payload. */
  target?: string;
}) {
  const { t } = useLanguage();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const { write, busy, error } = useWrite(operation as never);
  const run = async () => {
    const data = (await write(input as never)) as Record<string, Row> | null;
    if (data === null) return;
    setAsking(false);
    if (saved) toast({ tone: 'ok', text: saved });
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
        onClick={() => (question ? setAsking(true) : run())}
      >
        {children}
      </Button>
      {error && !asking && <span className="field-error">{error.message}</span>}
      {asking && (
        <Dialog
          title={question ?? ''}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('ui.cancel')}</Button>
              <Button kind="danger" busy={busy} onClick={run}>
                {children}
              </Button>
            </>
          }
        >
          {error && <Notice tone="danger" title={error.message} />}
        </Dialog>
      )}
    </>
  );
}
