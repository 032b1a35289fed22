import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { standings } from '@valeo/kit/standing.ts';
import { zId, zKey } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { ATTACHABLE } from './attachable.ts';
import type { AttachmentRow } from './attachment.tables.ts';

export const removeAttachment = defineMutation({
  name: 'removeAttachment',
  description:
    'Removes a file from a record that is not sent or posted yet. Its bytes stay, so that attachFile with its fileId brings it back, and the audit trail tells of it.',
  // What it takes depends on the record.
  permission: 'session',
  input: z.object({ id: zId(), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'ATTACHMENT_SEALED'],
  payload: { removedId: 'ID' },
  async run(tx, input, ctx) {
    const [row] = await tx.query<{ record_type: AttachmentRow['recordType']; record_id: string; file_name: string }>(
      'SELECT record_type, record_id, file_name FROM platform.attachment WHERE id = $1 FOR UPDATE',
      [input.id],
    );
    // Who may not read the record does not learn that there is something attached to it.
    if (!row || !ctx.can(ATTACHABLE[row.record_type].read)) return fail('NOT_FOUND');
    const { type, write } = ATTACHABLE[row.record_type];
    ctx.require(write);
    const standing = (await standings(tx, type, [row.record_id], { held: true })).get(row.record_id);
    if (standing?.sealed ?? true) return fail('ATTACHMENT_SEALED', { params: { name: row.file_name } });
    await tx.query('DELETE FROM platform.attachment WHERE id = $1', [input.id]);
    return ok({ removedId: input.id });
  },
});
