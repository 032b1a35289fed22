import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Measured } from './process.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const ANSWER_MS = 30_000;

interface Case {
  readonly query: string;
  /** `errors` says whether there have to be some; without it they are as may be. */
  readonly expected: { readonly data?: unknown; readonly errors?: boolean };
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

/**
 * The public audit of federation (github.com/graphql-hive/federation-gateway-audit), against our gateway as `pnpm gateway` starts it. Its
 * subgraphs, supergraphs and cases come from its own server, which `npm start serve` starts in a checkout of it;
 * `FEDERATION_AUDIT_URL` says where. What is not passed is named.
 */
export async function federationAudit(tell: Tell): Promise<void> {
  const server = process.env.FEDERATION_AUDIT_URL;
  if (!server) return void console.log('The federation audit is left out: FEDERATION_AUDIT_URL names no server of it');
  const suites = await read<string[]>(`${server}/ids`);
  const folder = mkdtempSync(join(tmpdir(), 'valeo-federation-audit-'));
  let passed = 0;
  let all = 0;
  try {
    for (const suite of suites) {
      const cases = await read<Case[]>(`${server}/${suite}/tests`);
      const file = join(folder, `${suite}.graphql`);
      writeFileSync(file, await (await fetch(`${server}/${suite}/supergraph`)).text());
      all += cases.length;
      passed += await passedIn(suite, file, cases);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  tell(`Federation audit of ${suites.length} suites, passed`, passed, `of ${all}`, `${all}`, passed === all);
}

async function passedIn(suite: string, file: string, cases: readonly Case[]): Promise<number> {
  const main = '../../../gateway/main.ts';
  const args = ['--supergraph', file, '--port', '0', '--log', 'silent'];
  const gateway = await Measured.start<string>(main, args, null, /^gateway (\S+)\n/m);
  try {
    let passed = 0;
    for (const [at, { query, expected }] of cases.entries()) {
      const answer = await ask(gateway.ready, query);
      const isRight =
        isDeepStrictEqual(answer.data ?? null, expected.data ?? null) &&
        (expected.errors === undefined || expected.errors === Boolean(answer.errors?.length));
      if (isRight) passed++;
      else console.log(`not passed: ${suite} ${at}: ${query}\n  ${JSON.stringify(answer)}`);
    }
    return passed;
  } finally {
    await gateway.stop();
  }
}

/** What the gateway answers; silence is an answer without data, and so not passed. */
async function ask(url: string, query: string): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return (await response.json()) as Answer;
  } catch (error) {
    return { errors: [String(error)] };
  }
}

async function read<Body>(url: string): Promise<Body> {
  return (await (await fetch(url, { headers: { accept: 'application/json' } })).json()) as Body;
}

if (import.meta.main) await federationAudit((...figure) => console.log(figure.join(' ')));
