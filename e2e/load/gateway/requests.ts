import { Agent } from 'undici';

/** Sends bodies over kept connections and takes the time of each. */
export class Sender {
  readonly #agent: Agent;
  readonly #url: URL;

  constructor(url: string, connections: number) {
    this.#url = new URL(url);
    this.#agent = new Agent({ connections, pipelining: 1 });
  }

  async send(body: string): Promise<{ status: number; text: string; ms: number }> {
    const startedAt = performance.now();
    const { statusCode, body: answer } = await this.#agent.request({
      origin: this.#url.origin,
      path: this.#url.pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await answer.text();
    return { status: statusCode, text, ms: performance.now() - startedAt };
  }

  close(): Promise<void> {
    return this.#agent.close();
  }
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

export const median = (values: readonly number[]): number =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
