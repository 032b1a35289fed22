import type { Caller, IdentityOptions } from '../options.ts';
import { RequestError } from '../report/errors.ts';

/** How often an open connection's session is looked at. */
const checkMs = 5_000;

/** Rights are looked up again after this long, once the access token has run out, and for API keys from the start. */
const renewalMs = 60_000;

/** While those who know of sessions cannot be asked, nobody can end one either: it is believed for this long. */
const believedMs = 60_000;

/**
 * Ends a long-lived connection with its session: when the session was ended, and when the access token runs out, unless the
 * session is still good and its rights are the same as at the start. Whoever has other rights now connects anew. A session that cannot
 * be looked at for too long ends it as well, with an error that will pass.
 * @returns a function that stops watching.
 */
export function watchLifetime(
  caller: Caller | null,
  expiresAtMs: number | null,
  options: IdentityOptions | undefined,
  end: (reason: RequestError) => void,
): () => void {
  if (!caller || !options) return () => {};
  const { isSessionActive, renew, sessionCheckMs = checkMs } = options;
  const againMs = options.renewalMs ?? renewalMs;
  // An API key does not run out, but may be revoked or get other rights.
  let validUntil = expiresAtMs ?? (renew ? Date.now() + againMs : null);
  let checkedAt = Date.now();
  let isChecking = false;
  const refuse = (reason: string): void => end(new RequestError('UNAUTHENTICATED', reason, 401));
  const timer = setInterval(() => {
    if (isChecking) return;
    isChecking = true;
    void check(caller)
      .then(() => {
        checkedAt = Date.now();
      })
      .catch(() => {
        if (Date.now() - checkedAt < (options.sessionBelievedMs ?? believedMs)) return;
        end(new RequestError('GATEWAY_UNAVAILABLE', 'The session could not be checked.', 503));
      })
      .finally(() => {
        isChecking = false;
      });
  }, sessionCheckMs);
  timer.unref();

  async function check(watched: Caller): Promise<void> {
    if (watched.sessionId && isSessionActive && !(await isSessionActive(watched.sessionId))) {
      return refuse('The session has ended.');
    }
    if (validUntil === null || Date.now() < validUntil) return;
    const renewed = await renew?.(watched);
    if (!renewed) return refuse('The access token has expired.');
    if (!sameRights(watched, renewed)) return refuse('Your rights have changed. Connect again.');
    validUntil = Date.now() + againMs;
  }
  return () => clearInterval(timer);
}

const sameRights = (one: Caller, other: Caller): boolean =>
  one.tenantId === other.tenantId && sameWords(one.permissions, other.permissions) && sameWords(one.roles, other.roles);

const sameWords = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  one.toSorted().join() === other.toSorted().join();
