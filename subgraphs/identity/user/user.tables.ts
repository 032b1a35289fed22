import { nameText } from '@valeo/kit/columns.ts';
import { newId } from '@valeo/kit/ids.ts';
import { index, integer, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { identitySchema } from '../identity.schema.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

/** A person with a password. Belongs to no company: what the person may do where is in the memberships. */
export const user = identitySchema.table('user', {
  id: uuid('id').primaryKey().$defaultFn(newId),
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  locale: text('locale').$type<'de' | 'en'>().notNull(),
  passwordHash: text('password_hash').notNull(),
  /** Company of the last sign-in or switch. */
  lastCompanyId: uuid('last_company_id'),
  createdAt: moment('created_at').notNull().defaultNow(),
});

export type UserAccount = typeof user.$inferSelect;

/** Which companies a person belongs to: where sign-in looks before it knows the company. */
export const userCompany = identitySchema.table(
  'user_company',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => user.id),
    companyId: uuid('company_id').notNull(),
    companyName: text('company_name').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.companyId] }),
    index('user_company_of_company').on(table.companyId),
  ],
);

/** A person in a company. The id is the person's, name and address are copies for lists. */
export const membership = identitySchema.table(
  'membership',
  {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id')
      .notNull()
      .references(() => user.id),
    name: nameText('name').notNull(),
    email: text('email').notNull(),
    /** Key of a built-in role or id of an own one. */
    roleId: text('role_id').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('membership_by_name').on(table.tenantId, table.name, table.id),
    index('membership_by_email').on(table.tenantId, table.email, table.id),
    index('membership_by_creation').on(table.tenantId, table.createdAt, table.id),
    index('membership_by_role').on(table.tenantId, table.roleId),
  ],
);

export type UserRow = typeof membership.$inferSelect;
