import type { Ctx } from '@valeo/kit/context.ts';
import { type Standing, standings } from '@valeo/kit/standing.ts';
import { ATTACHABLE } from './attachable.ts';
import type { AttachmentRow } from './attachment.tables.ts';

/** Whether the record of an attachment is sent or posted. One that is gone, or does not tell, keeps what belongs to it. */
export async function isSealed(ctx: Ctx, { recordType, recordId }: AttachmentRow): Promise<boolean> {
  const { type } = ATTACHABLE[recordType];
  const standing = await ctx
    .loader<string, Standing>(`standing ${type}`, async (ids) =>
      standings(await ctx.read(), type, ids, { held: false }),
    )
    .load(recordId);
  return standing?.sealed ?? true;
}
