import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { demoSupergraph, type Workload, workloads } from './demo-graph.ts';
import { Measured, pin, unpin } from './process.ts';
import { median, percentile, rounded, Sender } from './requests.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const GATEWAY_CORE = 0;
const LOAD_CORE = 1;
const CLIENTS = 16;

/** Until the compiler has seen everything. */
const WARM_UP_SECONDS = 6;

interface Round {
  readonly cpuMs: number;
  readonly p50: number;
  readonly p95: number;
}

interface Peer {
  readonly name: string;
  readonly measured: Measured<string>;
  readonly url: string;
}

/**
 * Compares our gateway with the stock one and with a plan written by hand, over the same subgraphs, in turns: each has a processor
 * of its own, load and subgraphs have the other.
 */
export async function compareGateways(tell: Tell, { rounds = 3, seconds = 3 } = {}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'valeo-gateways-'));
  const started: Measured<unknown>[] = [];
  try {
    const subgraphs = await Measured.start<Record<string, number>>('serve-subgraphs.ts', [], LOAD_CORE);
    started.push(subgraphs);
    pin(process.pid, LOAD_CORE);
    const file = join(folder, 'supergraph.graphql');
    writeFileSync(
      file,
      demoSupergraph((name) => subgraphs.ready[name] as number),
    );
    const main = '../../../gateway/main.ts';
    const ours = await Measured.start<string>(
      main,
      ['--supergraph', file, '--port', '0', '--log', 'silent'],
      GATEWAY_CORE,
      printedUrl,
    );
    started.push(ours);
    const stock = await Measured.start<string>('stock.ts', [file], GATEWAY_CORE);
    started.push(stock);
    const byHand = await Measured.start<string>('by-hand.ts', [JSON.stringify(subgraphs.ready)], GATEWAY_CORE);
    started.push(byHand);
    const peer = (name: string, measured: Measured<string>): Peer => ({ name, measured, url: measured.ready });
    for (const workload of workloads) {
      const peers = [peer('our gateway', ours), peer('stock gateway', stock)];
      if (workload.name === 'deep') peers.push(peer('plan written by hand', byHand));
      await compareOn(workload, peers, rounds, seconds, tell);
    }
  } finally {
    unpin(process.pid);
    await Promise.all(started.map((one) => one.stop()));
    rmSync(folder, { recursive: true });
  }
}

/** Our gateway prints its address as text. */
const printedUrl = /^gateway (\S+)\n/m;

async function compareOn(
  workload: Workload,
  peers: Peer[],
  rounds: number,
  seconds: number,
  tell: Tell,
): Promise<void> {
  await sameAnswers(workload, peers);
  const results = new Map<string, Round[]>(peers.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const peer of peers) {
      const result = await load(workload, peer, round < 0 ? WARM_UP_SECONDS : seconds);
      if (round >= 0) results.get(peer.name)?.push(result);
    }
  }
  const cpu = (name: string): number => median(results.get(name)?.map(({ cpuMs }) => cpuMs) ?? []);
  for (const [name, list] of results) {
    const of = `Gateway, ${workload.name} (${workload.about}), ${name}`;
    tell(`${of}, CPU a request`, rounded(cpu(name), 3), 'ms');
    tell(`${of}, p50`, rounded(median(list.map(({ p50 }) => p50)), 1), 'ms');
    tell(`${of}, p95`, rounded(median(list.map(({ p95 }) => p95)), 1), 'ms');
  }
  const less = rounded(cpu('stock gateway') / cpu('our gateway'), 1);
  const isDeep = workload.name === 'deep';
  tell(
    `Gateway, ${workload.name}: CPU less than the stock gateway`,
    less,
    'times',
    isDeep ? '>= 14 times' : '',
    isDeep ? less >= 14 : null,
  );
  if (isDeep) {
    const more = rounded(cpu('our gateway') / cpu('plan written by hand'));
    tell('Gateway, deep: CPU of the plan written by hand', more, 'times', '<= 1.5 times', more <= 1.5);
  }
}

/** A peer that answers wrongly must not win by it. */
async function sameAnswers({ query, variables }: Workload, peers: Peer[]): Promise<void> {
  const answers = await Promise.all(
    peers.map(async ({ url }) => {
      const sender = new Sender(url, 1);
      const { text } = await sender.send(JSON.stringify({ query, variables: variables(3) }));
      await sender.close();
      return JSON.parse(text).data;
    }),
  );
  for (const [i, answer] of answers.entries()) {
    if (!answer || !isDeepStrictEqual(answer, answers[0])) throw new Error(`${peers[i]?.name} answers something else`);
  }
}

async function load({ query, variables }: Workload, { url, measured }: Peer, seconds: number): Promise<Round> {
  const sender = new Sender(url, CLIENTS);
  const taken: number[] = [];
  const cpuBefore = measured.cpuSeconds;
  const until = performance.now() + seconds * 1000;
  let run = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() < until) {
        const { ms } = await sender.send(JSON.stringify({ query, variables: variables(run++) }));
        taken.push(ms);
      }
    }),
  );
  const cpuMs = ((measured.cpuSeconds - cpuBefore) * 1000) / taken.length;
  await sender.close();
  taken.sort((a, b) => a - b);
  return { cpuMs, p50: percentile(taken, 0.5), p95: percentile(taken, 0.95) };
}

if (import.meta.main) {
  await compareGateways((...figure) => console.log(figure.join(' ')));
  process.exit(0);
}
