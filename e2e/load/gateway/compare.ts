import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { demoSupergraph, type Workload, workloads } from './demo-graph.ts';
import { hiveWithRustPlanner, leftOut, mercuriusCompiled, startOthers } from './peers.ts';
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
  /** Installed for the comparison alone: it may be missing, or answer something else. */
  readonly isGuest?: boolean;
}

/**
 * Compares our gateway with the stock one, with those of others and with a plan written by hand, over the same subgraphs, in turns:
 * each has a processor of its own, load and subgraphs have the other.
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
    const own = [peer('our gateway', ours), peer('stock gateway', stock)];
    // Plans are made while nobody else needs the processor: there is a limit to the time they may take.
    for (const workload of workloads) await withSameAnswers(workload, own);
    const others = await startOthers(folder, file, subgraphs.ready, GATEWAY_CORE);
    started.push(...others.map(({ measured }) => measured));
    for (const workload of workloads) {
      const peers = [...own];
      if (workload.name === 'deep') peers.push(peer('plan written by hand', byHand));
      for (const { name, measured } of others) peers.push({ ...peer(name, measured), isGuest: true });
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
  invited: Peer[],
  rounds: number,
  seconds: number,
  tell: Tell,
): Promise<void> {
  const peers = await withSameAnswers(workload, invited);
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
  const hive = rounded(cpu(hiveWithRustPlanner) / cpu('our gateway'), 1);
  if (results.has(hiveWithRustPlanner)) {
    tell(
      `Gateway, ${workload.name}: CPU less than the ${hiveWithRustPlanner}`,
      hive,
      'times',
      isDeep ? '>= 4 times' : '',
      isDeep ? hive >= 4 : null,
    );
  }
  if (results.has(mercuriusCompiled) && !isDeep) {
    const mercurius = rounded(cpu('our gateway') / cpu(mercuriusCompiled));
    tell(`Gateway, ${workload.name}: CPU of ${mercuriusCompiled}`, mercurius, 'times', '<= 2 times', mercurius <= 2);
  }
  if (isDeep) {
    const more = rounded(cpu('our gateway') / cpu('plan written by hand'));
    tell('Gateway, deep: CPU of the plan written by hand', more, 'times', '<= 1.5 times', more <= 1.5);
  }
}

/** A peer that answers wrongly must not win by it. */
async function withSameAnswers({ query, variables }: Workload, peers: Peer[]): Promise<Peer[]> {
  const answers = await Promise.all(
    peers.map(async ({ url }) => {
      const sender = new Sender(url, 1);
      const { text } = await sender.send(JSON.stringify({ query, variables: variables(3) }));
      await sender.close();
      return JSON.parse(text);
    }),
  );
  return peers.filter(({ name, isGuest }, i) => {
    const answer = answers[i];
    if (answer.data && isDeepStrictEqual(answer.data, answers[0].data)) return true;
    const why = `it answers something else: ${JSON.stringify(answer).slice(0, 500)}`;
    if (!isGuest) throw new Error(`${name} cannot be compared: ${why}`);
    leftOut(name, why);
    return false;
  });
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
