import type { Ctx } from './context.ts';

/** A state that a document came into. */
export interface StatusChange {
  readonly at: string;
  /** Null for an API client, and for what nobody did by hand. */
  readonly by: { readonly id: string } | null;
  readonly status: string;
}

interface DatedRow {
  readonly id: string;
  readonly status: string;
  readonly createdAt: string;
  readonly createdBy: string | null;
}

interface Changed {
  readonly entity_id: string;
  readonly at: string;
  readonly user_id: string | null;
  readonly before: string;
  readonly after: string;
}

/**
 * Resolver of a document's way through its states, the oldest first, for all documents of a page at once. It is read from the audit
 * record, which no use case can forget to write; a document's `type` is that of its list, `table` the one that is audited.
 */
export const historyOf =
  (type: string, table: string) =>
  async (row: DatedRow, _: unknown, ctx: Ctx): Promise<StatusChange[]> => {
    const loader = ctx.loader<string, Changed[]>(`history of ${type}`, async (ids) => {
      const tx = await ctx.read();
      // Nothing is added to a record's history but by a change of the record.
      const rows = await tx.recordsOf(type, ids).query<Changed>(
        `SELECT entity_id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, user_id,
                before->>'status' AS before, after->>'status' AS after FROM kit.audit
         WHERE entity_id = ANY($1::uuid[]) AND entity = $2 AND op = 'updated' AND before->>'status' <> after->>'status'
         ORDER BY id`,
        [ids, table],
        'history_of_documents',
      );
      return Map.groupBy(rows, (change) => change.entity_id);
    });
    const changes = (await loader.load(row.id)) ?? [];
    const person = (id: string | null) => (id === null ? null : { id });
    return [
      { at: row.createdAt, by: person(row.createdBy), status: changes[0]?.before ?? row.status },
      ...changes.map(({ at, user_id, after }) => ({ at, by: person(user_id), status: after })),
    ];
  };
