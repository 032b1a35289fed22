'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  AttachFile,
  type AttachmentRecord,
  AttachmentsLive,
  RemoveAttachment,
} from '#graphql/_generated/operations.ts';
import { newIdempotencyKey, request } from '#graphql/client.ts';
import { GraphFault } from '#graphql/operation.ts';
import { useLiveRecord } from '#graphql/use-live-page.ts';
import { useLanguage } from '#i18n/client.tsx';
import { useConnection } from '#offline/connection.ts';
import { discard } from '#offline/queue.ts';
import { pageOwner } from '#offline/session.ts';
import { useOutbox } from '#offline/use-outbox.ts';
import type { Write } from '#offline/write.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Progress } from '#ui/States.tsx';
import { Pill } from '#ui/Status.tsx';
import { toast } from '#ui/Toast.tsx';
import { attach } from './attach.ts';
import { fileSize } from './file-size.ts';
import { refusalText } from './refusal-text.ts';

/** What somebody wants done; each one is an object of its own and done once. */
export interface Wanted {
  readonly files?: readonly File[];
  readonly remove?: { readonly id: string; readonly fileId: string; readonly fileName: string };
}

interface Going {
  readonly key: number;
  readonly name: string;
  readonly share: number;
  readonly refusal: string | null;
}

let lastKey = 0;

/** Uploads and removes, shows what is on its way and what waits to be sent, and what others attach. */
export default function AttachmentWork({
  record,
  id,
  wanted,
}: {
  record: AttachmentRecord;
  id: string;
  wanted: Wanted;
}) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const { offline } = useConnection();
  const refresh = useCallback(() => router.refresh(), [router]);
  // The page itself asks what changed before anybody listened.
  useLiveRecord(AttachmentsLive, id, refresh);
  const [going, setGoing] = useState<readonly Going[]>([]);
  const writes = useOutbox();
  const waiting = (writes ?? []).filter((write) => write.file && write.input.recordId === id);
  const done = useRef<Wanted | null>(null);
  const change = (key: number, next: Partial<Going> | null) =>
    setGoing((now) => now.flatMap((each) => (each.key !== key ? [each] : next ? [{ ...each, ...next }] : [])));

  const take = async (files: readonly File[]) => {
    const started = files.map((file) => ({ file, key: ++lastKey }));
    setGoing((now) => [...now, ...started.map(({ file, key }) => ({ key, name: file.name, share: 0, refusal: null }))]);
    // One after the other: a phone sends one large file faster than five at once.
    for (const { file, key } of started) {
      const outcome = await attach({ record, id }, file, (share) => change(key, { share }), offline);
      if (outcome.state === 'refused') change(key, { refusal: refusalText(t, outcome) });
      else change(key, null);
      if (outcome.state === 'attached') router.refresh();
    }
  };
  const remove = async ({ id: attachmentId, fileId, fileName }: NonNullable<Wanted['remove']>) => {
    const error = await write(RemoveAttachment, { id: attachmentId });
    if (error) return toast({ tone: 'danger', text: error === 'OFFLINE' ? t('ui.offline.only') : error });
    const undo = async () => {
      const failed = await write(AttachFile, { recordType: record, recordId: id, fileId, fileName });
      toast({ tone: failed ? 'danger' : 'ok', text: failed ?? t('ui.undone') });
      router.refresh();
    };
    toast({
      tone: 'ok',
      text: t('ui.attachment.removed', { name: fileName }),
      action: { label: t('ui.undo'), run: () => void undo() },
    });
    router.refresh();
  };
  useEffect(() => {
    if (done.current === wanted) return;
    done.current = wanted;
    if (wanted.files) void take(wanted.files);
    if (wanted.remove) void remove(wanted.remove);
  });

  // What waited here has been sent: the record shows it by now.
  const had = useRef(waiting.length);
  useEffect(() => {
    if (waiting.length < had.current) router.refresh();
    had.current = waiting.length;
  }, [waiting.length, router]);

  if (going.length + waiting.length === 0) return null;
  return (
    <ul className="file-list" aria-live="polite">
      {going.map(({ key, name, share, refusal }) => (
        <li key={key} className="file">
          <Icon name={refusal ? 'alert' : 'upload'} />
          <div className="file-what">
            <span>{name}</span>
            {refusal ? (
              <small className="field-error">{refusal}</small>
            ) : (
              <Progress value={Math.round(share * 100)} label={t('ui.attachment.sending', { name })} />
            )}
          </div>
          {refusal && <Button size="sm" icon="x" label={t('ui.close')} onClick={() => change(key, null)} />}
        </li>
      ))}
      {waiting.map((each) => (
        <li key={each.id} className="file">
          <Icon name="offline" />
          <div className="file-what">
            <span>{each.title}</span>
            <small className={each.fault ? 'field-error' : 'subtle'}>
              {each.fault ? refusalText(t, each.fault) : fileSize(each.file?.size ?? 0, format.locale)}
            </small>
          </div>
          <Pill tone={each.state === 'waiting' ? 'info' : 'danger'}>{t(`ui.outbox.state.${each.state}`)}</Pill>
          <Button size="sm" icon="trash" label={t('ui.outbox.discard')} onClick={() => void drop(each)} />
        </li>
      ))}
    </ul>
  );
}

const drop = (write: Write) => discard(pageOwner()?.owner ?? '', write);

/** What went wrong, as a sentence, or OFFLINE; null when it is done. */
async function write<Data>(
  operation: Parameters<typeof request<Data, { input: object }>>[0],
  input: object,
): Promise<string | null> {
  try {
    const data = await request(operation, { input: { ...input, idempotencyKey: newIdempotencyKey() } });
    const [payload] = Object.values(data as Record<string, { error?: { message: string } | null }>);
    return payload?.error?.message ?? null;
  } catch (fault) {
    return fault instanceof GraphFault && fault.code !== 'OFFLINE' ? fault.message : 'OFFLINE';
  }
}
