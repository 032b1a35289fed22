import { recordColumns } from '@valeo/kit/columns.ts';
import { index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { platformSchema } from '../platform.schema.ts';
import type { AttachableName } from './attachable.ts';

/** A file that belongs to a record of any domain. The bytes and their hash are the file's and never change. */
export const attachment = platformSchema.table(
  'attachment',
  {
    ...recordColumns(),
    recordType: text('record_type').$type<AttachableName>().notNull(),
    recordId: uuid('record_id').notNull(),
    fileId: uuid('file_id').notNull(),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    createdById: uuid('created_by'),
  },
  (t) => [
    unique('attachment_of_record').on(t.tenantId, t.recordId, t.fileId),
    index('attachment_by_creation').on(t.tenantId, t.createdAt, t.id),
    index('attachment_by_file_name').on(t.tenantId, t.fileName, t.id),
  ],
);
export type AttachmentRow = typeof attachment.$inferSelect;
