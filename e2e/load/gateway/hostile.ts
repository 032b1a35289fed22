import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostileRequest, random } from '@valeo/gateway/scenarios/hostile/requests.ts';
import { isFault, sendHostile } from '@valeo/gateway/scenarios/hostile/send.ts';
import { Measured } from './process.ts';
import { percentile, rounded, Sender } from './requests.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const HOSTILE_A_SECOND = 300;
const HONEST_A_SECOND = 50;
const ALONE_SECONDS = 10;
const honest = JSON.stringify({ query: 'query Honest { item { id text(n: 1) } items(first: 5) { id } }' });

/** Hostile requests at a steady rate, with honest users beside them who know nothing of it. */
export async function measureHostile(tell: Tell, requests = 6_000): Promise<void> {
  // Its planning thread needs a processor of its own, as everywhere but in a comparison of gateways.
  const gateway = await Measured.start<string>('hostile-gateway.ts', [], null);
  const users = new Sender(gateway.ready, 8);
  try {
    await during(sleep(3_000), users);
    const alone = await during(sleep(ALONE_SECONDS * 1000), users);
    const memoryBefore = gateway.megabytes;
    let blocked = 0;
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        await sleep(1_000);
        blocked = Math.max(blocked, await longestBlock(gateway.ready));
      }
    })();
    await longestBlock(gateway.ready);
    const attack = attackWith(gateway.ready, requests);
    const beside = await during(attack, users);
    isOver = true;
    await watching;
    const { faults, answered } = await attack;
    const of = `${answered.toLocaleString('en')} hostile requests at ${HOSTILE_A_SECOND}/s`;
    tell(`${of}: faults, stack traces, answers with 5xx`, faults.length, '', '0', faults.length === 0);
    for (const fault of faults.slice(0, 5)) console.log(fault);
    const slower = rounded(percentile(beside, 0.5) / percentile(alone, 0.5));
    tell(`${of}: honest users beside them slower, median`, slower, 'times', '<= 1.5 times', slower <= 1.5);
    tell(`${of}: honest users alone, p95`, rounded(percentile(alone, 0.95)), 'ms');
    tell(`${of}: honest users beside them, p95`, rounded(percentile(beside, 0.95)), 'ms');
    tell(`${of}: longest block of the event loop`, rounded(blocked * 1000, 0), 'ms', '<= 50 ms', blocked <= 0.05);
    tell(`${of}: memory before`, rounded(memoryBefore, 0), 'MB');
    tell(`${of}: memory after`, rounded(gateway.megabytes, 0), 'MB');
  } finally {
    await users.close();
    await gateway.stop();
  }
}

/** Times of honest requests, sent at a steady rate until something has ended. */
async function during(end: Promise<unknown>, users: Sender): Promise<number[]> {
  let isOver = false;
  void end.then(() => {
    isOver = true;
  });
  const taken: number[] = [];
  const open: Promise<void>[] = [];
  while (!isOver) {
    open.push(
      users.send(honest).then(({ status, text, ms }) => {
        if (status !== 200 || text.includes('"errors"'))
          throw new Error(`An honest user was answered ${status}: ${text}`);
        taken.push(ms);
      }),
    );
    await sleep(1000 / HONEST_A_SECOND);
  }
  await Promise.all(open);
  return taken.sort((a, b) => a - b);
}

async function attackWith(url: string, requests: number): Promise<{ faults: string[]; answered: number }> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  const faults: string[] = [];
  const open = new Set<Promise<void>>();
  const first = Math.floor(Math.random() * 2 ** 31);
  const startedAt = performance.now();
  for (let seed = first; seed < first + requests; seed++) {
    const request = hostileRequest(random(seed));
    const sent = sendHostile(url, request, agent).then((answer) => {
      open.delete(sent);
      if (isFault(answer)) faults.push(`seed ${seed} (${request.kind}): ${answer.status} ${answer.text.slice(0, 200)}`);
    });
    open.add(sent);
    const due = startedAt + ((seed - first + 1) * 1000) / HOSTILE_A_SECOND;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    if (open.size > 500) await Promise.race(open);
  }
  await Promise.all(open);
  agent.destroy();
  return { faults, answered: requests };
}

/** Seconds of the longest block since the last look, as the gateway's own metrics tell. */
async function longestBlock(url: string): Promise<number> {
  const text = await (await fetch(url.replace('/graphql', '/metrics'))).text();
  return Number(/^nodejs_eventloop_lag_max_seconds ([\d.e-]+)/m.exec(text)?.[1] ?? 0);
}

if (import.meta.main) {
  await measureHostile((...figure) => console.log(figure.join(' ')), Number(process.argv[2] ?? 6_000));
  process.exit(0);
}
