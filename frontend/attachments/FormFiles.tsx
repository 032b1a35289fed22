'use client';

import { type ReactNode, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { useConnection } from '#offline/connection.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { toast } from '#ui/Toast.tsx';
import type { AttachTo } from './attach.ts';
import { fileSize } from './file-size.ts';

export interface FormFilesHandle {
  /** Attaches what was chosen to the record, now that there is one; what is not taken is told. */
  attachTo(to: AttachTo): Promise<void>;
  /** Keeps what was chosen beside a draft. */
  keep(draftId: string): Promise<void>;
}

/** Files that are chosen in a form and attached once its record is saved. */
export default function FormFiles({
  handle,
  draftId,
  onCount,
}: {
  handle: React.RefObject<FormFilesHandle | null>;
  /** Draft that was chosen to go on with. */
  draftId: string | null;
  onCount: (count: number) => void;
}): ReactNode {
  const { t, format } = useLanguage();
  const { offline } = useConnection();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [over, setOver] = useState(false);
  const latest = useRef(files);
  const change = useCallback((update: (now: readonly File[]) => readonly File[]) => {
    latest.current = update(latest.current);
    setFiles(latest.current);
  }, []);
  const add = useCallback((more: Iterable<File>) => change((now) => [...now, ...more]), [change]);
  /** Until what a draft has kept is read, it must not be written over. */
  const reading = useRef<Promise<void> | null>(null);
  // What was chosen before the script was there is taken too.
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const early = input.current?.files;
    if (early?.length) add(early);
  }, [add]);
  useEffect(() => {
    if (!draftId) return;
    reading.current = import('./kept-files.ts')
      .then(({ keptFiles }) => keptFiles(draftId))
      .then(
        (found) => change((now) => [...found, ...now]),
        () => undefined,
      )
      .finally(() => {
        reading.current = null;
      });
  }, [draftId, change]);
  useEffect(() => onCount(files.length), [files.length, onCount]);
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const pasted = event.clipboardData?.files;
      if (!pasted?.length) return;
      event.preventDefault();
      add(pasted);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [add]);

  useImperativeHandle(handle, () => {
    const keep = async (id: string): Promise<void> => {
      if (reading.current) {
        // The text of the draft does not wait for it.
        void reading.current.then(() => keep(id)).catch(() => undefined);
        return;
      }
      const { keepFiles } = await import('./kept-files.ts');
      await keepFiles(id, latest.current);
    };
    return {
      keep,
      async attachTo(to) {
        if (latest.current.length === 0) return;
        const [{ attach }, { refusalText }] = await Promise.all([import('./attach.ts'), import('./refusal-text.ts')]);
        for (const file of latest.current) {
          const outcome = await attach(to, file, () => undefined, offline);
          change((now) => now.filter((each) => each !== file));
          if (outcome.state !== 'refused') continue;
          const text = t('ui.attachment.notAttached', { name: file.name });
          toast({ tone: 'danger', text, detail: refusalText(t, outcome) });
        }
      },
    };
  }, [change, offline, t]);

  return (
    <section
      className={over ? 'file-drop is-over' : 'file-drop'}
      aria-label={t('ui.attachment.title')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        add(event.dataTransfer.files);
      }}
    >
      {files.length > 0 && (
        <ul className="file-list">
          {files.map((file, at) => (
            <li key={`${at} ${file.name}`} className="file">
              <Icon name="clip" />
              <div className="file-what">
                <span>{file.name}</span>
                <small className="subtle">{fileSize(file.size, format.locale)}</small>
              </div>
              <Button
                size="sm"
                icon="trash"
                label={t('ui.attachment.remove', { name: file.name })}
                onClick={() => change((now) => now.filter((each) => each !== file))}
              />
            </li>
          ))}
        </ul>
      )}
      <label className="file-add">
        <Icon name="clip" />
        <span>{t('ui.attachment.add')}</span>
        <small className="subtle">{t(files.length > 0 ? 'ui.attachment.formHint' : 'ui.attachment.hint')}</small>
        <input
          ref={input}
          className="visually-hidden"
          type="file"
          multiple
          onChange={(event) => {
            add(event.target.files ?? []);
            event.target.value = '';
          }}
        />
      </label>
    </section>
  );
}
