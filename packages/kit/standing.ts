import type { Tx } from './tenant-db.ts';

/** What another domain may know of a record without a copy of it: that it is there, and whether it is out of hand. */
export interface Standing {
  /** Sent, posted or closed for good: what belongs to it stays. */
  readonly sealed: boolean;
}

/** Made by the migration for every list that has a `standing`: `kit."standing of sales.SalesInvoice"`. */
export const standingFunction = (type: string): string => `kit."standing of ${type}"`;

/**
 * The standing of another domain's records, by id; those of other companies and unknown ones are missing. `held` records
 * cannot change their standing before the transaction ends, so that what was decided by it still holds when it is kept.
 */
export async function standings(
  tx: Tx,
  type: string,
  ids: readonly string[],
  { held }: { held: boolean },
): Promise<ReadonlyMap<string, Standing>> {
  const rows = await tx
    .recordsOf(type, ids)
    .query<{ record: string; is_sealed: boolean }>(
      `SELECT record, is_sealed FROM ${standingFunction(type)}($1, $2)`,
      [ids, held],
      `standings ${type}`,
    );
  return new Map(rows.map(({ record, is_sealed }) => [record, { sealed: is_sealed }]));
}
