import type { Caller, IdentityOptions } from '../options.ts';

/** How often an open connection's session is looked at. */
const checkMs = 5_000;

/**
 * Ends a long-lived connection with its session: when the session was ended, and when the access token runs out, unless the
 * session is still good and may be renewed without the client.
 * @returns a function that stops watching.
 */
export function watchLifetime(
  caller: Caller | null,
  expiresAtMs: number | null,
  options: IdentityOptions | undefined,
  end: (reason: string) => void,
): () => void {
  if (!caller || !options) return () => {};
  let validUntil = expiresAtMs;
  const timer = setInterval(() => {
    void check().catch(() => end('The session could not be checked.'));
  }, options.sessionCheckMs ?? checkMs);
  timer.unref();

  async function check(): Promise<void> {
    if (!caller) return;
    if (caller.sessionId && options?.isSessionActive && !(await options.isSessionActive(caller.sessionId))) {
      return end('The session has ended.');
    }
    if (validUntil === null || Date.now() < validUntil) return;
    const renewed = await options?.renew?.(caller);
    if (!renewed) return end('The access token has expired.');
    caller.permissions = renewed.permissions;
    validUntil = Date.now() + renewalMs;
  }
  return () => clearInterval(timer);
}

/** A renewed caller is looked up again after this long, as an access token would be. */
const renewalMs = 10 * 60_000;
