import { createHash } from 'node:crypto';
import type { Ctx } from '@valeo/kit/context.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { eq, sql } from 'drizzle-orm';
import { failedSignIn } from './session.tables.ts';

interface Rule {
  /** Failures that cost nothing. */
  readonly free: number;
  /** Longest wait in seconds. */
  readonly waitMax: number;
}

const RULES = { email: { free: 5, waitMax: 900 }, ip: { free: 50, waitMax: 30 } } satisfies Record<string, Rule>;

/** After this long without a failure the count begins anew. */
const FORGET = '1 hour';

/** Seconds to wait after so many failures: none at first, then 2, 4, 8 and so on. */
export function waitAfter(failures: number, { free, waitMax }: Rule): number {
  return failures < free ? 0 : Math.min(2 ** (failures - free + 1), waitMax);
}

const LOOPBACK = /^(::1|(::ffff:)?127\.)/;

const emailKey = (email: string) => `email:${createHash('sha256').update(email).digest('base64url')}`;

/** Keys that a guess counts for. A loopback address is a proxy's and stands for everybody, so it counts for nobody. */
function keysOf(ctx: Ctx, email: string): { key: string; rule: Rule }[] {
  const ip = ctx.call.http?.ip;
  const byIp = ip && !LOOPBACK.test(ip) ? [{ key: `ip:${ip}`, rule: RULES.ip }] : [];
  return [{ key: emailKey(email), rule: RULES.email }, ...byIp];
}

/** Seconds until the next guess is allowed; 0 when it is allowed now. */
export async function secondsToWait(ctx: Ctx, tx: Tx, email: string): Promise<number> {
  const keys = keysOf(ctx, email);
  const rows = await tx.query<{ key: string; failures: number; age: number }>(
    `SELECT key, failures, extract(epoch FROM clock_timestamp() - last_at)::float8 AS age FROM identity.failed_sign_in
     WHERE key = ANY($1) AND last_at > clock_timestamp() - $2::interval`,
    [keys.map(({ key }) => key), FORGET],
  );
  const waits = rows.map(({ key, failures, age }) => {
    const rule = keys.find((one) => one.key === key)?.rule;
    return rule ? waitAfter(failures, rule) - age : 0;
  });
  return Math.ceil(Math.max(0, ...waits));
}

export async function countFailure(ctx: Ctx, tx: Tx, email: string): Promise<void> {
  for (const { key } of keysOf(ctx, email)) {
    await tx.query(
      `INSERT INTO identity.failed_sign_in AS f (key, failures, last_at) VALUES ($1, 1, clock_timestamp())
       ON CONFLICT (key) DO UPDATE SET last_at = clock_timestamp(),
         failures = CASE WHEN f.last_at > clock_timestamp() - $2::interval THEN f.failures + 1 ELSE 1 END`,
      [key, FORGET],
    );
  }
}

/** Who signs in has shown that the failures were slips. Those of the address he comes from may be somebody else's. */
export async function forgetFailures(tx: Tx, email: string): Promise<void> {
  await tx.db.delete(failedSignIn).where(eq(failedSignIn.key, emailKey(email)));
}

export async function dropOldFailures(tx: Tx): Promise<void> {
  await tx.db.delete(failedSignIn).where(sql`${failedSignIn.lastAt} < now() - ${FORGET}::interval`);
}
