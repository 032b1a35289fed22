import type { IncomingMessage } from 'node:http';
import { ACCESS_COOKIE, REFRESH_COOKIE, readCookies, readToken } from './cookies.ts';
import { type SessionAnswer, type SessionRequest, sendSession } from './session-operations.ts';

// A token that runs out on the way to the gateway is as good as expired.
const MARGIN_MS = 10_000;
// Requests of one page come within moments; identity gives the same successor this long as well.
const SHARED_MS = 10_000;

/** Renews sessions whose access token has run out: the one place that does so for browsers. */
export class SessionRefresher {
  readonly #gatewayUrl: string;
  readonly #underWay = new Map<string, Promise<SessionAnswer>>();

  constructor(gatewayUrl: string) {
    this.#gatewayUrl = gatewayUrl;
  }

  /** The cookies of a renewed session; none when there is nothing to renew, or the gateway cannot be asked now. */
  async renew(request: IncomingMessage, headers: SessionRequest['headers']): Promise<readonly string[]> {
    const cookies = readCookies(request.headers.cookie);
    const token = cookies.get(REFRESH_COOKIE);
    if (!token || isCurrent(cookies.get(ACCESS_COOKIE))) return [];
    try {
      return (await this.#shared(token, headers)).setCookies;
    } catch {
      // The page says itself that the graph is away; the session stays as it is.
      return [];
    }
  }

  /** All requests that carry one refresh token wait for one renewal. */
  #shared(token: string, headers: SessionRequest['headers']): Promise<SessionAnswer> {
    let answer = this.#underWay.get(token);
    if (!answer) {
      answer = sendSession(this.#gatewayUrl, { operation: 'RefreshSession', headers });
      this.#underWay.set(token, answer);
      const forget = (): boolean => this.#underWay.delete(token);
      answer.then(() => setTimeout(forget, SHARED_MS).unref(), forget);
    }
    return answer;
  }
}

/** Whether an access token has time left. */
export function isCurrent(token: string | undefined, nowMs: number = Date.now()): boolean {
  const { exp } = readToken(token);
  return typeof exp === 'number' && exp * 1000 - MARGIN_MS > nowMs;
}
