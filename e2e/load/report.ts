import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  /** Whether the target is reached; null where there is none. */
  readonly reached: boolean | null;
}

const root = join(import.meta.dirname, '..', '..');

/** Writes `bench-results.json` and `docs/benchmarks.md`. */
export function writeReport(figures: readonly Figure[]): void {
  const [cpu] = cpus();
  const machine = `${cpus().length} x ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, load generator included`;
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(join(root, 'bench-results.json'), `${JSON.stringify({ date, machine, figures }, null, 2)}\n`);
  const rows = figures.map(({ name, value, unit, target, reached }) => {
    const verdict = reached === null ? '' : reached ? 'yes' : 'no';
    return `| ${name} | ${value.toLocaleString('en')} ${unit} | ${target} | ${verdict} |`;
  });
  writeFileSync(
    join(root, 'docs', 'benchmarks.md'),
    `# Benchmarks

Written by \`npm run bench\` on ${date}: ${machine}.

| what | figure | target | reached |
|---|---|---|---|
${rows.join('\n')}

Times are taken by an API client over HTTP on the same machine, one request after the other unless a rate is given. "Straight" is the same
ledger code on the same database without HTTP and gateway. First-load JavaScript is all that a browser
fetches from the navigation until 1.5 s after the first row of data (without rows: after the page was loaded), gzip.

"Gateway" compares gateways over the same four subgraphs behind HTTP, in turns, each with other variables in each request, 16 clients, and a
processor of its own: ours as \`pnpm gateway\` starts it, the stock one (@apollo/server with @apollo/gateway), and for the deepest operation no gateway but a
plan written by hand in plain Node. All give the same answers, which is checked first. Mercurius is left out: its gateway speaks federation 1 only, and does not
run with this version of graphql. With \`TEST_LONG=1\` there are 100,000 hostile requests and the soak lasts an hour.
`,
  );
}
