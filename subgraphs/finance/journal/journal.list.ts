import { date, dateTime, decimal, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfMoney } from '@valeo/kit/list-groups.ts';
import { type SQL, sql } from 'drizzle-orm';
import { journalEntry, journalLine } from './journal.tables.ts';

/** Entries with a line that meets the condition. */
const hasLine = (condition: SQL): SQL =>
  sql`exists (select from ${journalLine} where ${journalLine.entryId} = ${journalEntry.id} and ${journalLine.fiscalYear} = ${journalEntry.fiscalYear} and ${condition})`;

export const journalEntries = defineList({
  type: 'JournalEntry',
  field: 'journalEntry',
  plural: 'journalEntries',
  description: 'Posted entries, newest posting date first.',
  table: journalEntry,
  permission: 'finance:read',
  filters: {
    number: text(journalEntry.number),
    postedOn: date(journalEntry.postedOn),
    recordedAt: dateTime(journalEntry.recordedAt),
    text: text(journalEntry.text),
    reference: text(journalEntry.reference),
    total: decimal(journalEntry.total),
    account: { ...text(journalLine.account), within: hasLine },
    controlAccount: { ...text(journalLine.controlAccount), within: hasLine },
  },
  groups: ['postedOn'],
  sums: { total: sumOfMoney(journalEntry.total) },
  sorts: {
    postedOn: journalEntry.postedOn,
    number: journalEntry.numberKey,
    total: journalEntry.total,
    reference: journalEntry.reference,
  },
  defaultOrder: [
    { by: 'postedOn', direction: 'DESC' },
    { by: 'number', direction: 'DESC' },
  ],
  standing: { sealed: sql`true` },
});
