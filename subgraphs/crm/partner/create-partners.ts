import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, ok, type Result, single } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { type ContactInput, type NewPartner, zNewPartner, zNewPartners } from './partner.input.ts';
import { businessPartners } from './partner.list.ts';
import { insertPartners, takenNumbers } from './partner.queries.ts';
import { contact } from './partner.tables.ts';

const FIRST_NUMBER = 100_001;

export type CreatePartnersCode = 'NUMBER_TAKEN' | 'EXTERNAL_NUMBER_TAKEN';

export const createBusinessPartner = defineMutation({
  name: 'createBusinessPartner',
  description: 'Makes a business partner. Without a number it gets the next one of the company.',
  permission: 'crm:write',
  input: zNewPartner,
  errors: ['NUMBER_TAKEN', 'EXTERNAL_NUMBER_TAKEN'],
  payload: { businessPartner: businessPartners },
  async run(tx, input) {
    const made = single(await createPartners(tx, [input]));
    return made.ok ? ok({ businessPartner: made.value }) : made;
  },
});

export const createBusinessPartners = defineMutation({
  name: 'createBusinessPartners',
  description: 'Makes up to 1000 business partners: all or, when one has a fault, none.',
  permission: 'crm:write',
  input: zNewPartners,
  errors: ['NUMBER_TAKEN', 'EXTERNAL_NUMBER_TAKEN'],
  payload: { businessPartners },
  bulk: 'items',
  async run(tx, { items }) {
    const made = await createPartners(tx, items);
    return made.ok ? ok({ businessPartners: made.value }) : made;
  },
});

/** Makes partners in as many statements for a thousand as for one; answers their ids in the order of the input. */
export async function createPartners(
  tx: Tx,
  inputs: readonly NewPartner[],
): Promise<Result<string[], CreatePartnersCode>> {
  const given = new Set(inputs.flatMap(({ number }) => number ?? []));
  const drawn = await drawNumbers(tx, inputs.filter(({ number }) => !number).length, given);
  const rows = inputs.map(({ contacts: _, ...input }) => ({
    ...input,
    id: newId(),
    number: input.number ?? (drawn.pop() as string),
  }));

  // The unique indexes decide, so two requests at once cannot both get a number.
  const ids = await insertPartners(tx, rows);
  if (ids.size < rows.length) return faultsOf(tx, rows, ids);
  await insertContacts(
    tx,
    rows.map(({ id }, index) => ({ partnerId: id, contacts: inputs[index]?.contacts ?? [] })),
  );
  return ok(rows.map(({ id }) => id));
}

/** Contacts of several partners in one statement. */
export async function insertContacts(
  tx: Tx,
  partners: readonly { readonly partnerId: string; readonly contacts: readonly ContactInput[] }[],
): Promise<void> {
  const rows = partners.flatMap(({ partnerId, contacts }) =>
    contacts.map((person, position) => ({ ...person, tenantId: tx.tenantId, partnerId, position })),
  );
  if (rows.length > 0) await tx.db.insert(contact).values(rows);
}

/** Numbers of the company's range, the last one first. Passes over those that somebody chose by hand. */
async function drawNumbers(tx: Tx, count: number, given: ReadonlySet<string>): Promise<string[]> {
  const drawn: string[] = [];
  while (drawn.length < count) {
    const wanted = count - drawn.length;
    const [range] = await tx.query<{ next: number }>(
      `INSERT INTO crm.partner_range AS r (tenant_id, next) VALUES ($1, $2::int + $3::int)
       ON CONFLICT (tenant_id) DO UPDATE SET next = r.next + $3::int RETURNING next`,
      [tx.tenantId, FIRST_NUMBER, wanted],
    );
    const numbers = Array.from({ length: wanted }, (_, index) => String((range?.next ?? 0) - wanted + index));
    const taken = await takenNumbers(tx, numbers);
    drawn.push(...numbers.filter((number) => !taken.has(number) && !given.has(number)));
  }
  return drawn.reverse();
}

/** Tells for each partner that was not inserted which of its numbers is taken, by another record or earlier in the input. */
async function faultsOf(
  tx: Tx,
  rows: readonly (NewPartner & { readonly id: string; readonly number: string })[],
  made: ReadonlySet<string>,
): Promise<Result<never, CreatePartnersCode>> {
  const refused = rows.flatMap((row, index) => (made.has(row.id) ? [] : [{ row, index }]));
  const taken = await takenNumbers(
    tx,
    refused.map(({ row }) => row.number),
  );
  const fields = refused.map(({ row, index }): FieldFault & { code: CreatePartnersCode } =>
    taken.has(row.number)
      ? { path: `items.${index}.number`, code: 'NUMBER_TAKEN', params: { number: row.number } }
      : {
          path: `items.${index}.externalNumber`,
          code: 'EXTERNAL_NUMBER_TAKEN',
          params: { number: row.externalNumber ?? '', source: row.externalSource ?? '' },
        },
  );
  const [first] = fields;
  return fail(first?.code ?? 'NUMBER_TAKEN', { params: { ...first?.params }, fields });
}
