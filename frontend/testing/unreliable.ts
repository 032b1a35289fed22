import { type Outbox, replay, type Send, type Sent } from '#offline/replay.ts';
import type { Write } from '#offline/write.ts';

/** Random numbers that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An outbox on a "disk" that outlives the page: what was saved is there after a crash, what was not is lost. */
export function diskOutbox(initial: readonly Write[]) {
  const disk = {
    writes: new Map(initial.map((write) => [write.id, structuredClone(write)])),
    ids: new Map<string, string>(),
  };
  const outbox: Outbox = {
    writes: async () => [...disk.writes.values()].sort((one, other) => one.order - other.order),
    realIds: async () => new Map(disk.ids),
    async save(write) {
      disk.writes.set(write.id, structuredClone(write));
    },
    async finish(write, id) {
      disk.writes.delete(write.id);
      if (write.makes && id) disk.ids.set(write.makes, id);
    },
  };
  return { disk, outbox };
}

class Crash extends Error {}

export interface Schedule {
  readonly drops: number;
  readonly lostAnswers: number;
  readonly duplicates: number;
  readonly late: number;
  readonly crashes: number;
}

/**
 * Replays an outbox over a network that drops requests and answers, delivers twice and out of order, in pages that crash at
 * any step, several of them at once; then over a good one until nothing waits. Answers what happened on the way.
 */
export async function replayUnreliably(outbox: Outbox, deliver: Send, random: () => number): Promise<Schedule> {
  const count = { drops: 0, lostAnswers: 0, duplicates: 0, late: 0, crashes: 0 };
  const ghosts: (() => Promise<Sent>)[] = [];
  let bad = true;
  const mayCrash = () => {
    if (!bad || random() >= 0.08) return;
    count.crashes += 1;
    throw new Crash();
  };
  const crashing: Outbox = {
    writes: () => outbox.writes(),
    realIds: () => outbox.realIds(),
    async save(write) {
      mayCrash();
      await outbox.save(write);
      mayCrash();
    },
    async finish(write, id) {
      mayCrash();
      await outbox.finish(write, id);
      mayCrash();
    },
  };
  const send: Send = async (write, input) => {
    // Copies of earlier requests arrive whenever they like.
    while (ghosts.length > 0 && random() < 0.4) await ghosts.splice(Math.floor(random() * ghosts.length), 1)[0]?.();
    if (!bad) return deliver(write, input);
    const fate = random();
    if (fate < 0.15) {
      count.drops += 1;
      return { later: 'OFFLINE' };
    }
    if (fate < 0.3) {
      count.late += 1;
      ghosts.push(() => deliver(write, input));
      return { later: 'OFFLINE' };
    }
    if (fate < 0.45) {
      count.lostAnswers += 1;
      await deliver(write, input);
      return { later: 'OFFLINE' };
    }
    if (fate < 0.65) {
      count.duplicates += 1;
      if (random() < 0.5) return (await Promise.all([deliver(write, input), deliver(write, input)]))[1];
      ghosts.push(() => deliver(write, input));
    }
    return deliver(write, input);
  };
  const attempt = () =>
    replay(crashing, send).catch((error) => {
      if (!(error instanceof Crash)) throw error;
    });

  for (let at = 0; at < 6; at += 1) {
    // Without a lock two tabs may run at once; the keys alone must keep every write single.
    if (random() < 0.3) await Promise.all([attempt(), attempt()]);
    else await attempt();
  }
  bad = false;
  for (let at = 0; at < 40 && (await outbox.writes()).some((write) => write.state === 'waiting'); at += 1)
    await attempt();
  while (ghosts.length > 0) await ghosts.pop()?.();
  return count;
}
