import { newId } from '@valeo/kit/ids.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { CREDITOR_RANGE, DEBTOR_RANGE } from './chart.ts';

export type PersonalKind = 'DEBTOR' | 'CREDITOR';

/** A business partner as the ledger needs it. */
export interface LedgerPartner {
  readonly id: string;
  readonly name: string;
  readonly kind: PersonalKind;
}

/** By its digits: one more than G/L accounts have (rule 47). */
export const isPersonalNumber = (number: string): boolean =>
  /^\d{5}$/.test(number) && Number(number) >= DEBTOR_RANGE.first && Number(number) <= CREDITOR_RANGE.last;

export const partnerKey = (partner: Pick<LedgerPartner, 'id' | 'kind'>): string => `${partner.kind} ${partner.id}`;

/**
 * Account numbers of partners by `partnerKey`; partners that have none get the next free number of their range. Runs with
 * the rights of finance. A fixed number of statements for any number of partners.
 */
export async function personalAccounts(
  tx: Tx,
  partners: readonly LedgerPartner[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map(partners.map((partner) => [partnerKey(partner), partner]));
  if (wanted.size === 0) return new Map();
  const found = await select(tx, [...wanted.values()]);
  const missing = [...wanted].filter(([key]) => !found.has(key)).map(([, partner]) => partner);
  if (missing.length === 0) return found;

  // One company numbers its personal accounts in one line, so that no number is drawn twice.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('finance.personal'), hashtext($1))`, [tx.tenantId]);
  for (const kind of ['DEBTOR', 'CREDITOR'] as const) {
    const ofKind = missing.filter((partner) => partner.kind === kind);
    if (ofKind.length > 0) await insert(tx, kind, ofKind);
  }
  return select(tx, [...wanted.values()]);
}

async function select(tx: Tx, partners: readonly LedgerPartner[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ number: string; kind: PersonalKind; partner_id: string }>(
    `SELECT a.number, a.kind, a.partner_id FROM unnest($1::uuid[], $2::text[]) AS wanted (partner_id, kind)
     JOIN finance.account a ON a.partner_id = wanted.partner_id AND a.kind = wanted.kind`,
    [partners.map((partner) => partner.id), partners.map((partner) => partner.kind)],
    'personal_accounts',
  );
  return new Map(rows.map((row) => [partnerKey({ id: row.partner_id, kind: row.kind }), row.number]));
}

async function insert(tx: Tx, kind: PersonalKind, partners: readonly LedgerPartner[]): Promise<void> {
  const range = kind === 'DEBTOR' ? DEBTOR_RANGE : CREDITOR_RANGE;
  const [row] = await tx.query<{ last: string | null }>(
    'SELECT max(number::bigint) AS last FROM finance.account WHERE kind = $1',
    [kind],
  );
  const first = Math.max(Number(row?.last ?? 0) + 1, range.first);
  if (first + partners.length - 1 > range.last) throw new Error(`The range of ${kind} accounts is used up`);
  await tx.query(
    `INSERT INTO finance.account (id, tenant_id, number, name, name_en, kind, type, partner_id)
     SELECT id, $1, ($2 + position - 1)::text, name, name, $3, $4, partner_id
     FROM unnest($5::uuid[], $6::text[], $7::uuid[]) WITH ORDINALITY AS partner (id, name, partner_id, position)
     ON CONFLICT (tenant_id, partner_id, kind) DO NOTHING`,
    [
      tx.tenantId,
      first,
      kind,
      kind === 'DEBTOR' ? 'ASSET_RECEIVABLE' : 'LIABILITY_PAYABLE',
      partners.map(() => newId()),
      partners.map((partner) => partner.name),
      partners.map((partner) => partner.id),
    ],
  );
}
