import type { Tx } from './tenant-db.ts';

/**
 * State that owners publish for other domains (see `publishes` of a list), for example
 * `published<PartnerState>(tx, 'crm.BusinessPartner', ids)`. Written in the owner's transaction, so it is never behind.
 */
export async function published<State extends object>(
  tx: Tx,
  type: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, State>> {
  const rows = await tx
    .recordsOf(type, ids)
    .query<{ id: string; data: State }>(
      'SELECT id, data FROM kit.published WHERE type = $1 AND id = ANY($2::uuid[])',
      [type, ids],
      'published',
    );
  return new Map(rows.map((row) => [row.id, row.data]));
}
