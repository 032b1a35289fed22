import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isId } from '@valeo/kit/ids.ts';
import type { Services } from '@valeo/kit/services.ts';
import type { Session } from '@valeo/kit/tenant-db.ts';
import { ATTACHABLE } from '../attachment/attachable.ts';
import type { AttachmentRow } from '../attachment/attachment.tables.ts';
import type { FileCall } from './file-route.ts';

/** What browsers may show in place. Nothing among it can run a script in a page of ours. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf']);
/** Never told to a browser as what it is. */
const ACTIVE = /html|svg|xml|javascript/;

interface Stored {
  readonly record_type: AttachmentRow['recordType'];
  readonly file_id: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly sha256: string;
}

/** Sends the file of an attachment: to be saved, or with `?preview` to be looked at where that is harmless. */
export async function sendAttachment(call: FileCall, id: string): Promise<true> {
  const { req, res, url, caller, session, services, refuse } = call;
  const stored = isId(id) ? await attachmentOf(services, session, id.toLowerCase()) : undefined;
  // Absent and forbidden look the same.
  if (!stored || !caller.permissions.includes(ATTACHABLE[stored.record_type].read)) return refuse(404, 'NOT_FOUND');
  const { media_type: type, sha256 } = stored;
  const etag = `"${sha256}"`;
  res.setHeader('etag', etag);
  // It may be removed, and the reader's rights may be taken away: a kept copy is asked about before it is used.
  res.setHeader('cache-control', 'private, no-cache');
  if (req.headers['if-none-match'] === etag) {
    res.writeHead(304).end();
    return true;
  }
  const isShown = url.searchParams.has('preview') && SHOWN.has(type);
  res.writeHead(200, {
    'content-type': ACTIVE.test(type) ? 'application/octet-stream' : type,
    'content-length': stored.size_bytes,
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; ${dispositionName(stored.file_name)}`,
    'x-content-type-options': 'nosniff',
    // Browsers refuse to show a PDF in a sandbox; it is shown by a viewer of theirs that has one.
    'content-security-policy': `default-src 'none'; frame-ancestors 'none'${type === 'application/pdf' ? "; object-src 'self'; style-src 'unsafe-inline'" : '; sandbox'}`,
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
  if (req.method === 'HEAD') res.end();
  else await pipeline(Readable.from(piecesOf(services, session, stored.file_id)), res).catch(() => res.destroy());
  return true;
}

async function attachmentOf(services: Services, session: Session, id: string): Promise<Stored | undefined> {
  const tx = await services.database.read(session);
  try {
    const [row] = await tx.query<Stored>(
      'SELECT record_type, file_id, file_name, media_type, size_bytes, sha256 FROM platform.attachment WHERE id = $1',
      [id],
    );
    return row;
  } finally {
    await tx.close();
  }
}

/** One piece after the other, each in a transaction of its own: a slow reader holds no connection meanwhile. */
async function* piecesOf(services: Services, session: Session, fileId: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position++) {
    const tx = await services.database.read(session);
    const [piece] = await tx
      .query<{ content: Uint8Array }>(
        'SELECT content FROM platform.file_chunk WHERE file_id = $1 AND position = $2',
        [fileId, position],
        'read_chunk',
      )
      .finally(() => tx.close());
    if (!piece) return;
    yield piece.content;
  }
}

/** The name as every browser reads it (RFC 6266): plain letters for old ones, all of Unicode for the rest. */
function dispositionName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `filename="${plain}"; filename*=UTF-8''${encoded}`;
}
