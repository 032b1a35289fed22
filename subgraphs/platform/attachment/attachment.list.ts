import { dateTime, enumeration, id, int, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sql } from 'drizzle-orm';
import { ATTACHABLE, ATTACHABLE_NAMES, readableBy } from './attachable.ts';
import { attachment } from './attachment.tables.ts';

const ownerOf = (name: (typeof ATTACHABLE_NAMES)[number]) => {
  const { type, read } = ATTACHABLE[name];
  return [type.split('.')[1] ?? type, { column: attachment.recordId, permission: read }] as const;
};

export const attachments = defineList({
  type: 'Attachment',
  field: 'attachment',
  plural: 'attachments',
  description: 'Files attached to records that the caller may read, newest first.',
  table: attachment,
  permission: 'platform:read',
  filters: {
    recordType: enumeration('AttachmentRecord', attachment.recordType),
    recordId: id(attachment.recordId),
    fileName: text(attachment.fileName),
    mediaType: text(attachment.mediaType),
    sizeBytes: int(attachment.sizeBytes),
    sha256: text(attachment.sha256),
    createdAt: dateTime(attachment.createdAt),
  },
  groups: ['recordType', 'mediaType', 'createdAt'],
  sorts: { createdAt: attachment.createdAt, fileName: attachment.fileName },
  defaultOrder: [{ by: 'createdAt', direction: 'DESC' }],
  // An attachment is as secret as its record.
  visible: (ctx) =>
    sql`${attachment.recordType} = any(${sql.param(readableBy((permission) => ctx.can(permission)))}::text[])`,
  ownedBy: Object.fromEntries(ATTACHABLE_NAMES.map(ownerOf)),
});
