import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostileRequest, random } from '@valeo/gateway/scenarios/hostile/requests.ts';
import { isFault, sendHostile } from '@valeo/gateway/scenarios/hostile/send.ts';
import { Measured } from './process.ts';
import { median, percentile, rounded, Sender } from './requests.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const HOSTILE_A_SECOND = 300;
const HONEST_A_SECOND = 50;
const ALONE_SECONDS = 10;
const honest = JSON.stringify({ query: 'query Honest { item { id text(n: 1) } items(first: 5) { id } }' });

/** Hostile requests at a steady rate, with honest users beside them who know nothing of it. */
export async function measureHostile(tell: Tell, requests = 6_000): Promise<void> {
  // Its planning thread needs a processor of its own, as everywhere but in a comparison of gateways.
  const gateway = await Measured.start<string>('hostile-gateway.ts', [], null, undefined, ['--expose-gc']);
  const users = new Sender(gateway.ready, 8);
  try {
    await during(sleep(3_000), users);
    const alone = await during(sleep(ALONE_SECONDS * 1000), users);
    const dearest = await dearestRequest(gateway);
    let blocked = 0;
    // Collecting garbage by force blocks as well, which no attack can do.
    let isCollecting = false;
    const held: number[] = [];
    const taken: number[] = [];
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        await sleep(1_000);
        const longest = await longestBlock(gateway.ready);
        if (!isCollecting) blocked = Math.max(blocked, longest);
        taken.push(gateway.megabytes);
      }
    })();
    await longestBlock(gateway.ready);
    await look(gateway, 'block');
    const attack = attackWith(gateway.ready, requests, async () => {
      isCollecting = true;
      held.push((await look(gateway, 'memory')).heldMegabytes);
      await longestBlock(gateway.ready);
      isCollecting = false;
    });
    const beside = await during(attack, users);
    isOver = true;
    await watching;
    const { faults, answered } = await attack;
    const { longestMs } = await look(gateway, 'block');
    const of = `${answered.toLocaleString('en')} hostile requests at ${HOSTILE_A_SECOND}/s`;
    tell(`${of}: faults, stack traces, answers with 5xx`, faults.length, '', '0', faults.length === 0);
    for (const fault of faults.slice(0, 5)) console.log(fault);
    const slower = rounded(percentile(beside, 0.5) / percentile(alone, 0.5));
    tell(`${of}: honest users beside them slower, median`, slower, 'times', '<= 1.5 times', slower <= 1.5);
    tell(`${of}: honest users alone, p95`, rounded(percentile(alone, 0.95)), 'ms');
    tell(`${of}: honest users beside them, p95`, rounded(percentile(beside, 0.95)), 'ms');
    tell(
      `${of}: longest block of the event loop, processor time`,
      rounded(longestMs, 0),
      'ms',
      '<= 50 ms',
      longestMs <= 50,
    );
    tell(`${of}: the same with waiting for a processor beside the attackers`, rounded(blocked * 1000, 0), 'ms');
    tell(
      'The dearest of 1,000 hostile requests, processor time of the thread that answers',
      rounded(dearest, 1),
      'ms',
      '<= 50 ms',
      dearest <= 50,
    );
    tellMemory(of, 'held after collecting garbage', held[1] ?? Number.NaN, held.at(-1) ?? Number.NaN, tell);
    const third = Math.floor(taken.length / 3);
    tellMemory(of, 'taken from the system', median(taken.slice(third, 2 * third)), median(taken.slice(-third)), tell);
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

interface Look {
  readonly heldMegabytes: number;
  readonly threadMs: number;
  readonly longestMs: number;
}

const look = (gateway: Measured<string>, what: 'memory' | 'time' | 'block'): Promise<Look> => gateway.ask<Look>(what);

/** Most milliseconds that one request, sent alone, takes of the thread that answers everybody. A busy machine does not change it. */
async function dearestRequest(gateway: Measured<string>): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let dearest = 0;
  for (let seed = 1; seed <= 1_000; seed++) {
    const request = hostileRequest(random(seed));
    if (request.isSlow) continue;
    const before = (await look(gateway, 'time')).threadMs;
    await sendHostile(gateway.ready, request, agent);
    const { threadMs } = await look(gateway, 'time');
    // The first ones pay for what is compiled once.
    if (seed > 200) dearest = Math.max(dearest, threadMs - before);
  }
  agent.destroy();
  return dearest;
}

function tellMemory(of: string, what: string, second: number, last: number, tell: Tell): void {
  tell(`${of}: memory ${what}, second third`, rounded(second, 0), 'MB');
  tell(`${of}: memory ${what}, last third`, rounded(last, 0), 'MB', '<= 1.1 times', last <= 1.1 * second);
}

async function attackWith(
  url: string,
  requests: number,
  third: () => Promise<void>,
): Promise<{ faults: string[]; answered: number }> {
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
    const done = seed - first + 1;
    if (done % Math.ceil(requests / 3) === 0 || done === requests) {
      await Promise.all(open);
      await third();
    }
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
