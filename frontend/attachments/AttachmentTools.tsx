'use client';

import { type DragEvent, type MouseEvent, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { AttachmentRecord } from '#graphql/_generated/operations.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Icon } from '#ui/Icon.tsx';
import { late } from '#ui/late.tsx';
import type { Wanted } from './AttachmentWork.tsx';

const AttachmentWork = late(() => import('./AttachmentWork.tsx'));

const settledAfterMs = 3000;

/** Takes files that are chosen, dropped or pasted, and what should be removed, and fetches what does the work. */
export function AttachmentTools({
  record,
  id,
  may,
  none,
  children,
}: {
  record: AttachmentRecord;
  id: string;
  may: boolean;
  /** Nothing is attached. */
  none: boolean;
  children: ReactNode;
}) {
  const { t } = useLanguage();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [over, setOver] = useState(false);

  // What was chosen before the script was there is taken too.
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const early = input.current?.files;
    if (early?.length) setWanted({ files: [...early] });
  }, []);

  // What waits to be sent is shown too, once the page has settled.
  useEffect(() => {
    const timer = setTimeout(() => setWanted((now) => now ?? {}), settledAfterMs);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    if (!may) return;
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      setWanted({ files });
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [may]);

  const drag = (event: DragEvent, is: boolean) => {
    if (!may || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(is);
  };
  const drop = (event: DragEvent) => {
    drag(event, false);
    const files = [...event.dataTransfer.files];
    if (may && files.length > 0) setWanted({ files });
  };
  const click = (event: MouseEvent) => {
    const { remove, file, name } = (event.target as Element).closest<HTMLElement>('[data-remove]')?.dataset ?? {};
    if (remove && file && name) setWanted({ remove: { id: remove, fileId: file, fileName: name } });
  };

  return (
    <div
      className={over ? 'file-drop is-over' : 'file-drop'}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={drop}
      onClick={click}
    >
      {none && !may && <p className="subtle">{t('ui.attachment.none')}</p>}
      {children}
      {wanted && (
        <Suspense>
          <AttachmentWork record={record} id={id} wanted={wanted} />
        </Suspense>
      )}
      {may && (
        <label className="file-add">
          <Icon name="clip" />
          <span>{t('ui.attachment.add')}</span>
          <small className="subtle only-wide">{t('ui.attachment.hint')}</small>
          <input
            ref={input}
            className="visually-hidden"
            type="file"
            multiple
            onChange={(event) => {
              setWanted({ files: [...(event.target.files ?? [])] });
              event.target.value = '';
            }}
          />
        </label>
      )}
    </div>
  );
}
