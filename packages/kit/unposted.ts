import type { Tx } from './tenant-db.ts';

const PREFIX = 'unposted of ';

/** Made by the migration for every list that has drafts to be posted: `kit."unposted of sales.SalesInvoice"`. */
export const unpostedFunction = (type: string): string => `kit."${PREFIX}${type}"`;

/** A draft of any domain that would be posted on its day. */
export interface Unposted {
  readonly id: string;
  readonly day: string;
  /** Whom it is about; a draft has no number. */
  readonly name: string;
}

/** Drafts of the company whose days lie in the span, both inclusive, the earliest first and at most `max` of each kind, and how many there are. */
export async function unpostedIn(
  tx: Tx,
  from: string,
  through: string,
  max: number,
): Promise<{ count: number; drafts: Unposted[] }> {
  const kinds = await tx.query<{ name: string }>(
    `SELECT proname AS name FROM pg_proc WHERE pronamespace = 'kit'::regnamespace AND starts_with(proname, $1) ORDER BY 1`,
    [PREFIX],
    'kinds_of_unposted',
  );
  let count = 0;
  const drafts: Unposted[] = [];
  for (const { name } of kinds) {
    const type = name.slice(PREFIX.length);
    const rows = await tx.query<Unposted & { total: number }>(
      `SELECT record AS id, day::text, name, count(*) OVER ()::int AS total FROM ${unpostedFunction(type)}($1, $2) ORDER BY day, record LIMIT $3`,
      [from, through, max],
      `unposted ${type}`,
    );
    count += rows[0]?.total ?? 0;
    drafts.push(...rows.map(({ id, day, name }) => ({ id, day, name })));
  }
  return { count, drafts };
}
