import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoSupergraph, workloads } from './demo-graph.ts';
import { Measured } from './process.ts';
import { median, rounded, Sender } from './requests.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const A_SECOND = 100;
const SAMPLES = 60;

/** Steady load of every kind, among it operations that nobody has sent before, and the memory of our gateway all the while. */
export async function soak(tell: Tell, minutes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'valeo-soak-'));
  const subgraphs = await Measured.start<Record<string, number>>('serve-subgraphs.ts', [], 1);
  const file = join(folder, 'supergraph.graphql');
  writeFileSync(
    file,
    demoSupergraph((name) => subgraphs.ready[name] as number),
  );
  const main = '../../../gateway/main.ts';
  const gateway = await Measured.start<string>(
    main,
    ['--supergraph', file, '--port', '0', '--log', 'silent'],
    0,
    /^gateway (\S+)\n/m,
  );
  const sender = new Sender(gateway.ready, 16);
  try {
    const megabytes: number[] = [];
    const samples = Math.max(12, Math.min(SAMPLES, minutes * 4));
    const startedAt = performance.now();
    let run = 0;
    let failed = 0;
    for (let sample = 1; sample <= samples; sample++) {
      const until = startedAt + (sample * minutes * 60_000) / samples;
      while (performance.now() < until) {
        const workload = workloads[run % workloads.length] as (typeof workloads)[number];
        // Each hundredth is an operation of its own, so that caches of operations fill and forget.
        const query = run % 100 === 0 ? workload.query.replace(/^query (\w+)/, `query $1_${run}`) : workload.query;
        const answer = sender.send(JSON.stringify({ query, variables: workload.variables(run++) }));
        void answer.then(
          ({ status, text }) => {
            if (status !== 200 || text.includes('"errors"')) failed++;
          },
          () => {
            failed++;
          },
        );
        await sleep(1000 / A_SECOND);
      }
      megabytes.push(gateway.megabytes);
    }
    const third = Math.floor(samples / 3);
    const [early, late] = [median(megabytes.slice(third, 2 * third)), median(megabytes.slice(-third))];
    const of = `Soak of ${minutes} minutes with ${run.toLocaleString('en')} requests`;
    tell(`${of}: failed`, failed, '', '0', failed === 0);
    tell(`${of}: memory, second third`, rounded(early, 0), 'MB');
    tell(`${of}: memory, last third`, rounded(late, 0), 'MB', '<= 1.1 times', late <= 1.1 * early);
    tell(`${of}: most memory`, rounded(Math.max(...megabytes), 0), 'MB');
  } finally {
    await sender.close();
    await Promise.all([gateway.stop(), subgraphs.stop()]);
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  await soak((...figure) => console.log(figure.join(' ')), Number(process.argv[2] ?? 3));
  process.exit(0);
}
