import { conflict } from '@valeo/kit/conflict.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type Failure, fail, failField, failItems, ok, type Result, single } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zList } from '@valeo/kit/validate.ts';
import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import { insertContacts } from './create-partners.ts';
import { type PartnerChange, zPartnerChange } from './partner.input.ts';
import { businessPartners } from './partner.list.ts';
import { lockPartners, ownersOfNumbers, rewritePartners } from './partner.queries.ts';
import { type BusinessPartnerRow, contact } from './partner.tables.ts';

type Code = 'NOT_FOUND' | 'CONFLICT' | 'NUMBER_TAKEN';

export const updateBusinessPartner = defineMutation({
  name: 'updateBusinessPartner',
  description:
    'Changes a business partner. When somebody else has changed it since the version given, nothing is changed and CONFLICT tells both values of each field.',
  permission: 'crm:write',
  input: zPartnerChange,
  errors: ['NOT_FOUND', 'CONFLICT', 'NUMBER_TAKEN'],
  payload: { businessPartner: businessPartners },
  async run(tx, change) {
    const changed = single(await updatePartners(tx, [change]));
    return changed.ok ? ok({ businessPartner: changed.value }) : changed;
  },
});

export const updateBusinessPartners = defineMutation({
  name: 'updateBusinessPartners',
  description: 'Changes up to 1000 business partners: all or, when one has a fault or is out of date, none.',
  permission: 'crm:write',
  input: z.object({ items: zList(zPartnerChange, 1000) }),
  errors: ['NOT_FOUND', 'CONFLICT', 'CHANGED_MEANWHILE', 'NUMBER_TAKEN'],
  payload: { businessPartners },
  bulk: 'items',
  async run(tx, { items }) {
    const changed = await updatePartners(tx, items);
    return changed.ok ? ok({ businessPartners: changed.value }) : changed;
  },
});

/** Changes partners in as many statements for a thousand as for one; answers their ids in the order of the input. */
export async function updatePartners(tx: Tx, changes: readonly PartnerChange[]): Promise<Result<string[], Code>> {
  const rows = await lockPartners(
    tx,
    changes.map(({ id }) => id),
  );
  const numbers = await ownersOfNumbers(
    tx,
    changes.flatMap(({ number }) => number ?? []),
  );
  const failures = new Map<number, Failure<Code>>();
  const changed = new Map<string, BusinessPartnerRow>();
  for (const [index, change] of changes.entries()) {
    // A partner named twice meets its own first change, as it would in two requests.
    const row = changed.get(change.id) ?? rows.get(change.id);
    const failure = refused(change, row, numbers);
    if (failure || !row) failures.set(index, failure ?? fail('NOT_FOUND'));
    else changed.set(row.id, applied(row, change));
    if (change.number) numbers.set(change.number, change.id);
  }
  const failed = failItems(failures);
  if (failed) return failed;

  await rewritePartners(tx, [...changed.values()]);
  const withContacts = changes.filter(({ contacts }) => contacts);
  if (withContacts.length > 0) {
    const partners = withContacts.map(({ id, contacts }) => ({ partnerId: id, contacts: contacts ?? [] }));
    await tx.db.delete(contact).where(
      inArray(
        contact.partnerId,
        partners.map(({ partnerId }) => partnerId),
      ),
    );
    await insertContacts(tx, partners);
  }
  return ok(changes.map(({ id }) => id));
}

function refused(
  change: PartnerChange,
  row: BusinessPartnerRow | undefined,
  numbers: ReadonlyMap<string, string>,
): Failure<Code> | null {
  if (!row) return fail('NOT_FOUND');
  if (row.version !== change.version) return conflict(change, row, { decimals: ['creditLimit'] });
  const owner = change.number && numbers.get(change.number);
  return owner && owner !== row.id ? failField('NUMBER_TAKEN', 'number', { number: change.number ?? '' }) : null;
}

function applied(row: BusinessPartnerRow, { contacts: _, ...change }: PartnerChange): BusinessPartnerRow {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...row, ...given, version: row.version + 1 };
}
