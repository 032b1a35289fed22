import { customType, index, integer, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { platformSchema } from '../platform.schema.ts';

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** An upload. Kept in the database, so that every process of a cluster can read it and backups have it. */
export const file = platformSchema.table(
  'file',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id').notNull(),
    name: text('name').notNull(),
    contentType: text('content_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    userId: uuid('user_id'),
    createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  // What a company has stored is added up at each upload.
  (t) => [index('file_sizes').on(t.tenantId, t.sizeBytes)],
);

export const fileChunk = platformSchema.table(
  'file_chunk',
  {
    tenantId: uuid('tenant_id').notNull(),
    fileId: uuid('file_id').notNull(),
    position: integer('position').notNull(),
    content: bytea('content').notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.position] })],
);
