import { AttachFile, type AttachmentRecord } from '#graphql/_generated/operations.ts';
import { isOver, newIdempotencyKey, request } from '#graphql/client.ts';
import { GraphFault, readAnswer, unreadable } from '#graphql/operation.ts';
import { foundConnection, lostConnection } from '#offline/connection.ts';
import { enqueue, sendQueued } from '#offline/queue.ts';
import { claim, pageOwner, signInAgain } from '#offline/session.ts';
import { outboxOf } from '#offline/store.ts';
import { isLocalId } from '#offline/write.ts';

/** The largest file the graph takes, and what may wait in this browser in all. */
export const maxBytes = 25 * 2 ** 20;
export const maxWaitingBytes = 100 * 2 ** 20;

/** A record, also one that so far only this browser knows. */
export interface AttachTo {
  readonly record: AttachmentRecord;
  readonly id: string;
}

/** `refused` says why in the reader's language, or by a code of ours. */
export type Attached =
  | { readonly state: 'attached' }
  | { readonly state: 'waiting' }
  | { readonly state: 'refused'; readonly code: string; readonly message: string };

const refused = (code: string, message = ''): Attached => ({ state: 'refused', code, message });

/**
 * Attaches a file: uploads it, then tells the graph what it belongs to, both under one key. Without a connection it waits in the
 * outbox; what may have arrived is sent again under its key and happens once.
 */
export async function attach(
  to: AttachTo,
  file: File,
  progress: (share: number) => void,
  offline: boolean,
): Promise<Attached> {
  if (file.size > maxBytes) return refused('TOO_LARGE');
  const key = newIdempotencyKey();
  if (offline || isLocalId(to.id)) return park(to, file, key, false);
  try {
    const fileId = await upload(file, key, progress);
    const { attachFile } = await request(AttachFile, {
      input: { recordType: to.record, recordId: to.id, fileId, idempotencyKey: key },
    });
    return attachFile.error ? refused(attachFile.error.code, attachFile.error.message) : { state: 'attached' };
  } catch (fault) {
    const { code, message } = fault instanceof GraphFault ? fault : { code: 'INTERNAL', message: String(fault) };
    return code === 'OFFLINE' ? park(to, file, key, true) : refused(code, message);
  }
}

/** Whether one more file may wait beside what waits already. */
export const hasRoom = (writes: readonly { readonly file?: { readonly size: number } }[], bytes: number): boolean =>
  writes.reduce((sum, write) => sum + (write.file?.size ?? 0), bytes) <= maxWaitingBytes;

/** Puts the file itself into the outbox: it survives the browser, and nothing of it is read again from where it came from. */
async function park(to: AttachTo, file: File, key: string, sent: boolean): Promise<Attached> {
  const owner = pageOwner()?.owner;
  if (!owner) return refused('OFFLINE');
  try {
    if (!hasRoom(await outboxOf(owner).writes(), file.size)) return refused('NO_ROOM');
    const write = await enqueue(owner, {
      operation: AttachFile,
      mutation: 'attachFile',
      object: 'attachment',
      input: { recordType: to.record, recordId: to.id, fileName: file.name },
      file: new Blob([await file.arrayBuffer()], { type: file.type }),
      form: 'attachment',
      title: file.name,
      href: location.pathname,
      base: null,
      values: {},
      key,
      creates: false,
      sent,
    });
    void sendQueued(owner, write);
    return { state: 'waiting' };
  } catch {
    // The browser has no room left, or forbids keeping things.
    return refused('NO_ROOM');
  }
}

/** Sends the bytes and tells how many have gone. */
async function upload(file: File, key: string, progress: (share: number) => void): Promise<string> {
  try {
    return await uploadOnce(file, key, progress);
  } catch (fault) {
    if (!isOver(fault) || !(await signInAgain())) throw fault;
    return uploadOnce(file, key, progress);
  }
}

/** Not by fetch, which does not tell how far an upload is. */
function uploadOnce(file: File, key: string, progress: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', `/files?name=${encodeURIComponent(file.name)}`);
    sending.setRequestHeader('x-valeo-client', 'web');
    for (const [name, value] of Object.entries(claim())) sending.setRequestHeader(name, value);
    sending.setRequestHeader('idempotency-key', key);
    sending.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    sending.onerror = () => {
      lostConnection();
      reject(new GraphFault('OFFLINE', 'The server cannot be reached.', null, true));
    };
    sending.onload = () => {
      foundConnection();
      try {
        const answer = JSON.parse(sending.responseText);
        if (sending.status === 201) resolve(answer.id);
        else readAnswer({ data: null, ...answer }, sending.getResponseHeader('x-request-id'));
      } catch (fault) {
        reject(fault instanceof GraphFault ? fault : unreadable(sending.status));
      }
    };
    sending.send(file);
  });
}
