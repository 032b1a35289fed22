import type { Ctx } from '@valeo/kit/context.ts';
import { isSealed } from './attachment.queries.ts';
import type { AttachmentRow } from './attachment.tables.ts';

export const attachmentResolvers = {
  Attachment: {
    url: (row: AttachmentRow) => `/files/${row.id}`,
    sealed: (row: AttachmentRow, _: unknown, ctx: Ctx) => isSealed(ctx, row),
    createdBy: (row: AttachmentRow) => row.createdById && { id: row.createdById },
  },
};
