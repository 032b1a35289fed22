import { createHash } from 'node:crypto';
import { fail, ok, type Result } from './result.ts';
import type { Tx } from './tenant-db.ts';

interface Claim {
  readonly claimed: boolean;
  readonly input_hash: string;
  readonly result: unknown;
}

export interface Keyed {
  readonly key: string;
  readonly input: unknown;
}

/**
 * Runs `work` at most once per company, mutation and key. The same key with the same input answers what the first call
 * answered; a concurrent call waits for it. A failure rolls back and does not use the key up.
 */
export async function once<T, Code extends string>(
  tx: Tx,
  mutation: string,
  call: Keyed,
  work: () => Promise<Result<T, Code>>,
): Promise<Result<T, Code | 'IDEMPOTENCY_KEY_REUSED'>> {
  const [answer] = await claimKeys<T>(tx, mutation, [call]);
  if (answer) return answer;
  const result = await work();
  if (result.ok) await keepResults(tx, mutation, [{ key: call.key, value: result.value }]);
  return result;
}

/** Claims different keys. For each call the answer it had before; undefined when its work is still to be done. */
export async function claimKeys<T>(
  tx: Tx,
  mutation: string,
  calls: readonly Keyed[],
): Promise<(Result<T, 'IDEMPOTENCY_KEY_REUSED'> | undefined)[]> {
  if (calls.length === 0) return [];
  const hashes = calls.map(({ input }) => createHash('sha256').update(canonical(input)).digest('hex'));
  // In the order of the keys: two transactions that claim the same ones wait for each other only in one direction.
  const claims = await tx.query<Claim & { place: string }>(
    `SELECT place, claimed, c.input_hash, result FROM (
       SELECT * FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS call (key, hash, place) ORDER BY key
     ) call, LATERAL kit.claim_key($1, call.key, call.hash) c`,
    [mutation, calls.map(({ key }) => key), hashes],
    'claim_key',
  );
  const answers = calls.map((): Result<T, 'IDEMPOTENCY_KEY_REUSED'> | undefined => undefined);
  for (const { place, claimed, input_hash, result } of claims) {
    const index = Number(place) - 1;
    if (!claimed) answers[index] = input_hash === hashes[index] ? ok(result as T) : fail('IDEMPOTENCY_KEY_REUSED');
  }
  return answers;
}

/** What a repetition of each call will answer. */
export async function keepResults(
  tx: Tx,
  mutation: string,
  results: readonly { readonly key: string; readonly value: unknown }[],
): Promise<void> {
  if (results.length === 0) return;
  await tx.query(
    'SELECT kit.keep_result($1, key, value::jsonb) FROM unnest($2::text[], $3::text[]) AS result (key, value)',
    [mutation, results.map(({ key }) => key), results.map(({ value }) => JSON.stringify(value))],
    'keep_result',
  );
}

/** JSON with sorted keys, without nulls and without the key itself, so that equal inputs have equal hashes. */
const canonical = (input: unknown): string => JSON.stringify(sorted(input)) ?? 'null';

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) {
    const inner = (value as Record<string, unknown>)[name];
    if (name !== 'idempotencyKey' && inner !== null && inner !== undefined) copy[name] = sorted(inner);
  }
  return copy;
}
