import { createHash } from 'node:crypto';
import { fail, ok, type Result } from './result.ts';
import type { Tx } from './tenant-db.ts';

interface Claim {
  readonly claimed: boolean;
  readonly input_hash: string;
  readonly result: unknown;
}

/**
 * Runs `work` at most once per company, mutation and key. The same key with the same input answers what the first call
 * answered; a concurrent call waits for it. A failure rolls back and does not use the key up.
 */
export async function once<T, Code extends string>(
  tx: Tx,
  mutation: string,
  key: string,
  input: unknown,
  work: () => Promise<Result<T, Code>>,
): Promise<Result<T, Code | 'IDEMPOTENCY_KEY_REUSED'>> {
  const hash = createHash('sha256').update(canonical(input)).digest('hex');
  const [claim] = await tx.query<Claim>(
    'SELECT claimed, input_hash, result FROM kit.claim_key($1, $2, $3)',
    [mutation, key, hash],
    'claim_key',
  );
  if (claim && !claim.claimed) {
    return claim.input_hash === hash ? ok(claim.result as T) : fail('IDEMPOTENCY_KEY_REUSED');
  }
  const result = await work();
  if (result.ok) {
    await tx.query('SELECT kit.keep_result($1, $2, $3)', [mutation, key, JSON.stringify(result.value)], 'keep_result');
  }
  return result;
}

/** JSON with sorted keys and without the key itself, so that equal inputs have equal hashes. */
function canonical(input: unknown): string {
  return JSON.stringify(input, (name, value: unknown) => {
    if (name === 'idempotencyKey') return undefined;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value ?? undefined;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
