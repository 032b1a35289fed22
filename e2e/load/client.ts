import { Agent, request } from 'undici';

/** A client of the graph for measuring: kept connections, nothing checked that costs time. */
export class LoadClient {
  readonly #url: string;
  readonly #token: string;
  readonly #agent = new Agent({ connections: 32, pipelining: 1 });

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async signIn(url: string, email: string, password: string): Promise<LoadClient> {
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
    const { signIn } = await new LoadClient(url, '').ask<{ signIn: { accessToken: string } }>(query, {
      input: { email, password },
    });
    return new LoadClient(url, signIn.accessToken);
  }

  /** A company without any record, and its owner. */
  static async signUp(url: string, input: object): Promise<LoadClient> {
    const query = 'mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken } }';
    const { signUp } = await new LoadClient(url, '').ask<{ signUp: { accessToken: string } }>(query, { input });
    return new LoadClient(url, signUp.accessToken);
  }

  /** Waits and asks again when the budget is used up: what is measured is the work, not the limit. */
  async ask<Data>(query: string, variables: object = {}): Promise<Data> {
    for (;;) {
      const { statusCode, headers, body } = await request(this.#url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        },
        body: JSON.stringify({ query, variables }),
        dispatcher: this.#agent,
      });
      const { data, errors } = (await body.json()) as { data: Data; errors?: { message: string }[] };
      if (statusCode === 429) {
        await new Promise((resolve) => setTimeout(resolve, 1000 * Number(headers['retry-after'] ?? 1)));
      } else if (errors?.[0]) throw new Error(errors[0].message);
      else return data;
    }
  }

  close(): Promise<void> {
    return this.#agent.close();
  }
}

export interface Times {
  readonly p50: number;
  readonly p95: number;
}

/** Milliseconds of `runs` calls, one after the other, after a few that are not counted. */
export async function times(runs: number, work: (run: number) => Promise<unknown>): Promise<Times> {
  const taken: number[] = [];
  for (let run = -5; run < runs; run++) {
    const startedAt = performance.now();
    await work(run + 5);
    if (run >= 0) taken.push(performance.now() - startedAt);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => Math.round((taken[Math.floor(share * (taken.length - 1))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}

/** How many a second, with `parallel` at work for `seconds`; `work` answers how many it did. */
export async function rate(parallel: number, seconds: number, work: (run: number) => Promise<number>): Promise<number> {
  await work(0);
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  let done = 0;
  let run = 1;
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (performance.now() < until) {
        // Not `done += await ...`: that would add to what `done` was before the wait.
        const some = await work(run++);
        done += some;
      }
    }),
  );
  return Math.round(done / ((performance.now() - startedAt) / 1000));
}
