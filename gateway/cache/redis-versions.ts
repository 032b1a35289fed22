import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { inTime } from '../redis.ts';
import type { Logger } from '../report/log.ts';
import { concernsAll, slotOf, tagsOf } from './tags.ts';
import type { Reader, Versions } from './versions.ts';

/**
 * One hash a company: `epoch` tells its lives apart, `now` counts, `w:<who>` is the number of a reader's last write, and each
 * slot holds the number of its last change. A lost hash begins a new epoch, so nothing kept before it is used again.
 */
const eraKey = 'valeo:cache:era';
const key = (tenantId: string): string => `valeo:cache:of:{${tenantId}}`;

const begin = `
if redis.call('HSETNX', KEYS[1], 'epoch', ARGV[1]) == 1 then redis.call('HSET', KEYS[1], 'now', 0) end
redis.call('EXPIRE', KEYS[1], 86400)`;

/** Each replica tells of the same events: the first to do so counts. */
const raise = `${begin}
if redis.call('SET', KEYS[2], 1, 'NX', 'EX', 60) then
  local now = redis.call('HINCRBY', KEYS[1], 'now', 1)
  for i = 2, #ARGV do redis.call('HSET', KEYS[1], ARGV[i], now) end
end`;

const write = `${begin}
redis.call('HSET', KEYS[1], ARGV[2], redis.call('HINCRBY', KEYS[1], 'now', 1))
return 1`;

/** Milliseconds to wait for an answer; beyond it reading anew is better than asking what is still right. */
const timeoutMs = 50;
/** A write must not be told later than this, or its answer waits in vain. */
const writeTimeoutMs = 1_000;

/** Readers whose writes Redis was not told of; beyond it the first are forgotten, with minutes without Redis behind them. */
const unmarkedMax = 10_000;

/** Changes that all replicas of one Redis know of, and writes that all of them respect. */
export function redisVersions(redis: Redis, log: Logger): Versions {
  let isAway = false;
  const epoch = (): string => `${Date.now()}.${Math.random()}`;
  /** Until Redis is told of their writes, these readers get nothing that is kept. */
  const unmarked = new LRUCache<string, Reader>({ max: unmarkedMax });
  redis.on('ready', () => {
    for (const reader of unmarked.values()) void mark(reader);
  });
  /** Changes told in one go, by company: events come in batches that are the same on every replica. */
  let waiting: Map<string, { slots: Set<string>; signs: string[] }> | null = null;

  async function ask<T>(work: () => Promise<T>, ms: number): Promise<T | null> {
    try {
      if (redis.status !== 'ready') throw new Error(`the connection is ${redis.status}`);
      const answer = await inTime(work(), ms);
      if (isAway) log.info('the cache knows of changes again');
      isAway = false;
      return answer;
    } catch (err) {
      if (!isAway) log.warn({ err }, 'Redis is away: nothing is taken from the cache');
      isAway = true;
      return null;
    }
  }

  function tell(): void {
    const told = waiting ?? new Map();
    waiting = null;
    for (const [tenantId, { slots, signs }] of told) {
      const sign = `${signs[0]}/${signs.at(-1)}/${signs.length}`;
      void ask(
        () => redis.eval(raise, 2, key(tenantId), `valeo:cache:told:{${tenantId}}:${sign}`, epoch(), ...slots),
        writeTimeoutMs,
      );
    }
  }

  async function mark(reader: Reader): Promise<boolean> {
    const { tenantId, who } = reader;
    const told = await ask(() => redis.eval(write, 1, key(tenantId), epoch(), `w:${who}`), writeTimeoutMs);
    if (told === null) unmarked.set(`${tenantId} ${who}`, reader);
    else unmarked.delete(`${tenantId} ${who}`);
    return told !== null;
  }

  return {
    async stamp(reader, tags) {
      const { tenantId, who } = reader;
      if (unmarked.has(`${tenantId} ${who}`) && !(await mark(reader))) return null;
      const slots = tags.map((tag) => String(slotOf(tag)));
      const read = () =>
        ask(
          () =>
            Promise.all([
              redis.hmget(key(tenantId), 'epoch', 'now', `w:${who}`, ...slots),
              redis.hmget(key(''), 'epoch', 'now', ...slots),
              redis.get(eraKey),
            ]),
          timeoutMs,
        );
      let found = await read();
      if (found && (found[0][0] === null || found[1][0] === null)) {
        await ask(() => Promise.all([tenantId, ''].map((one) => redis.eval(begin, 1, key(one), epoch()))), timeoutMs);
        found = await read();
      }
      if (!found || found[0][0] === null || found[1][0] === null) return null;
      const [[life, now, written, ...own], [lifeOfAll, nowOfAll, ...ofAll], era] = found;
      return {
        epoch: `${era ?? ''}.${life}.${lifeOfAll}`,
        changes: tags.map((tag, i) => Number((concernsAll(tag) ? ofAll[i] : own[i]) ?? 0)),
        now: Number(now),
        nowOfAll: Number(nowOfAll),
        written: Number(written ?? 0),
      };
    },
    changed(event) {
      const { tenantId, id, entityId } = event;
      if (!waiting) {
        waiting = new Map();
        queueMicrotask(tell);
      }
      let entry = waiting.get(tenantId);
      if (!entry) waiting.set(tenantId, (entry = { slots: new Set(), signs: [] }));
      for (const tag of tagsOf(event)) entry.slots.add(String(slotOf(tag)));
      entry.signs.push(`${id ?? Math.random()}:${entityId}`);
    },
    lost() {
      void ask(() => redis.set(eraKey, epoch()), writeTimeoutMs);
    },
    written: mark,
  };
}
