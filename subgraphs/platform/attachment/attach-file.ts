import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { standings } from '@valeo/kit/standing.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zId, zKey, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { ATTACHABLE, ATTACHABLE_NAMES } from './attachable.ts';
import { attachments } from './attachment.list.ts';
import { mediaTypeOf } from './media-type.ts';

const MAX_BYTES = 25 << 20;
const MAX_A_RECORD = 200;
/** Enough to tell what a file is, office documents included. */
const START_BYTES = 64 << 10;

export const attachFile = defineMutation({
  name: 'attachFile',
  description:
    'Attaches an upload to a record. Whoever may change the record may attach to it, also when it is posted. The same file is attached to a record once.',
  // What it takes depends on the record.
  permission: 'session',
  input: z.object({
    recordType: z.enum(ATTACHABLE_NAMES),
    recordId: zId(),
    fileId: zId(),
    fileName: zText(200).nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['NOT_FOUND', 'UNKNOWN_FILE', 'ATTACHMENT_TOO_LARGE', 'FILE_TYPE_NOT_ALLOWED', 'TOO_MANY_ATTACHMENTS'],
  payload: { attachment: attachments },
  async run(tx, input, ctx) {
    const { type, write } = ATTACHABLE[input.recordType];
    ctx.require(write);
    const standing = (await standings(tx, type, [input.recordId], { held: true })).get(input.recordId);
    if (!standing) return fail('NOT_FOUND', { fields: [{ path: 'recordId', code: 'NOT_FOUND' }] });

    const file = await uploadOf(tx, input.fileId);
    if (!file) return failField('UNKNOWN_FILE', 'fileId');
    if (file.size_bytes > MAX_BYTES)
      return failField('ATTACHMENT_TOO_LARGE', 'fileId', { max: String(MAX_BYTES >> 20) });
    const fileName = safeName(input.fileName ?? file.name);
    const mediaType = await mediaTypeOf(file.start ?? Buffer.alloc(0), fileName);
    if (!mediaType) return failField('FILE_TYPE_NOT_ALLOWED', 'fileId', { name: fileName });

    const [before] = await tx.query<{ n: number; same: string | null }>(
      `SELECT count(*)::int AS n, (array_agg(id) FILTER (WHERE file_id = $2))[1] AS same
       FROM platform.attachment WHERE record_id = $1`,
      [input.recordId, input.fileId],
    );
    if (before?.same) return ok({ attachment: before.same });
    if ((before?.n ?? 0) >= MAX_A_RECORD)
      return failField('TOO_MANY_ATTACHMENTS', 'recordId', { max: String(MAX_A_RECORD) });
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO platform.attachment AS a
         (id, tenant_id, record_type, record_id, file_id, file_name, media_type, size_bytes, sha256, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (tenant_id, record_id, file_id) DO UPDATE SET file_name = a.file_name RETURNING id`,
      [
        newId(),
        tx.tenantId,
        input.recordType,
        input.recordId,
        input.fileId,
        fileName,
        mediaType,
        file.size_bytes,
        file.sha256,
        ctx.caller.userId,
      ],
    );
    return ok({ attachment: row?.id ?? '' });
  },
});

interface Upload {
  readonly name: string;
  readonly size_bytes: number;
  readonly sha256: string;
  /** Null for an empty file. */
  readonly start: Buffer | null;
}

async function uploadOf(tx: Tx, id: string): Promise<Upload | undefined> {
  const [file] = await tx.query<Upload>(
    `SELECT name, size_bytes, sha256, (SELECT substring(content FOR ${START_BYTES}) FROM platform.file_chunk c
       WHERE c.file_id = f.id AND c.position = 0) AS start FROM platform.file f WHERE id = $1`,
    [id],
  );
  return file;
}

/** A name without a path and without characters that file systems or readers stumble over; its ending stays. */
export function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // Marks of direction make gnp.exe look like exe.png.
  const clean = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const [, stem = '', ending = ''] = /^(.*?)(\.[^.]{1,10})?$/su.exec(clean) ?? [];
  return [...stem].slice(0, 150).join('') + ending || 'Datei';
}
