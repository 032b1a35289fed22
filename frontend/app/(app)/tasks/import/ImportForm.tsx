'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { StartTask } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { claim } from '#offline/session.ts';
import { Button } from '#ui/Button.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';

/** Hands a file over and starts its import, on the same way that other programs take. */
export function ImportForm() {
  const { t } = useLanguage();
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [dryRun, setDryRun] = useState(true);
  const [failed, setFailed] = useState(false);
  const [uploading, setUploading] = useState(false);
  const { write, busy, error } = useWrite(StartTask);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!file) return;
    setUploading(true);
    setFailed(false);
    try {
      const response = await fetch('/files', {
        method: 'POST',
        headers: { 'content-type': file.type || 'text/csv', 'x-valeo-client': 'web', ...claim() },
        body: file,
      });
      if (!response.ok) throw new Error(response.statusText);
      const { id: fileId } = (await response.json()) as { id: string };
      const data = await write({ kind: 'IMPORT_SALES', fileId, dryRun });
      if (data?.startTask.task) router.push(`/tasks/${data.startTask.task.id}`);
    } catch {
      setFailed(true);
    } finally {
      setUploading(false);
    }
  };

  return (
    <form className="record-form" onSubmit={submit}>
      {(failed || error) && <Notice tone="danger" title={error?.message ?? t('ui.import.failed')} />}
      <Field
        label={t('ui.import.file')}
        type="file"
        accept=".csv,.gz,text/csv"
        required
        hint={t('ui.import.hint')}
        error={error?.fields.fileId}
        onChange={(event) => setFile(event.target.files?.[0] ?? null)}
      />
      <label className="choice">
        <input className="check" type="checkbox" checked={dryRun} onChange={() => setDryRun(!dryRun)} />
        {t('ui.import.dryRun')}
      </label>
      <div className="record-actions">
        <Button kind="primary" type="submit" icon="upload" busy={uploading || busy} disabled={!file}>
          {t('ui.import.start')}
        </Button>
      </div>
    </form>
  );
}
