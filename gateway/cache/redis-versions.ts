import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { inTime } from '../redis.ts';
import type { Logger } from '../report/log.ts';
import { concernsAll, isOfRecord, tagsOf } from './tags.ts';
import type { Reader, Versions } from './versions.ts';

/**
 * Two keys a company. A hash: `now` counts, `w:<who>` is the number of a reader's last write, `c:<tag>` that of a type's last
 * change. A sorted set: records by their last changes; of those it holds no more, the last is the hash's `forgotten`. Both hold
 * the `epoch` that tells their lives apart: when one of them is lost, a new one begins, and nothing kept before is used again.
 */
const eraKey = 'valeo:cache:era';
/** In braces, so that all keys of a company are on one server of a cluster. */
const place = (tenantId: string): string => `{company ${tenantId}}`;
const keysOf = (tenantId: string): [changes: string, records: string] => [
  `valeo:cache:changes:${place(tenantId)}`,
  `valeo:cache:records:${place(tenantId)}`,
];

/** Records of a company whose changes are remembered. */
const recordsMax = 10_000;

const begin = `
local life = redis.call('ZSCORE', KEYS[2], '')
if not life or tonumber(life) ~= tonumber(redis.call('HGET', KEYS[1], 'epoch') or 0) then
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'now', 0)
  redis.call('ZADD', KEYS[2], ARGV[1], '')
end
redis.call('EXPIRE', KEYS[1], 86400)
redis.call('EXPIRE', KEYS[2], 86400)`;

/** Each replica tells of the same events: the first to do so counts. */
const raise = `${begin}
if redis.call('SET', KEYS[3], 1, 'NX', 'EX', 60) then
  local now = redis.call('HINCRBY', KEYS[1], 'now', 1)
  local firstRecord = 3 + ARGV[2]
  for i = 3, firstRecord - 1 do redis.call('HSET', KEYS[1], 'c:' .. ARGV[i], now) end
  for i = firstRecord, #ARGV do redis.call('ZADD', KEYS[2], now, ARGV[i]) end
  local over = redis.call('ZCARD', KEYS[2]) - 1 - ${recordsMax}
  if over > 0 then
    redis.call('HSET', KEYS[1], 'forgotten', redis.call('ZRANGE', KEYS[2], over - 1, over - 1, 'WITHSCORES')[2])
    redis.call('ZREMRANGEBYRANK', KEYS[2], 0, over - 1)
  end
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
  /** Greater than any number of a change, and still exact as the score of a sorted set. */
  const epoch = (): string => String(2 ** 52 + Math.floor(Math.random() * 2 ** 52));
  /** Until Redis is told of their writes, these readers get nothing that is kept. */
  const unmarked = new LRUCache<string, Reader>({ max: unmarkedMax });
  redis.on('ready', () => {
    for (const reader of unmarked.values()) void mark(reader);
  });
  /** Changes told in one go, by company: events come in batches that are the same on every replica. */
  let waiting: Map<string, { tags: Set<string>; signs: string[] }> | null = null;

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
    for (const [tenantId, { tags, signs }] of told) {
      const sign = `valeo:cache:told:${place(tenantId)}:${signs[0]}/${signs.at(-1)}/${signs.length}`;
      const { types, records } = parted([...tags]);
      void ask(
        () => redis.eval(raise, 3, ...keysOf(tenantId), sign, epoch(), types.length, ...types, ...records),
        writeTimeoutMs,
      );
    }
  }

  async function mark(reader: Reader): Promise<boolean> {
    const { tenantId, who } = reader;
    const told = await ask(() => redis.eval(write, 2, ...keysOf(tenantId), epoch(), `w:${who}`), writeTimeoutMs);
    if (told === null) unmarked.set(`${tenantId} ${who}`, reader);
    else unmarked.delete(`${tenantId} ${who}`);
    return told !== null;
  }

  /** What Redis knows of a company's changes; null when it has nothing, or not both parts of it. */
  async function changesOf(tenantId: string, who: string, tags: readonly string[]): Promise<Changes | null> {
    const { types, records } = parted(tags);
    const [hash, set] = keysOf(tenantId);
    const [[epoch, now, forgotten, written, ...ofTypes], [life, ...ofRecords]] = await Promise.all([
      redis.hmget(hash, 'epoch', 'now', 'forgotten', `w:${who}`, ...types.map((tag) => `c:${tag}`)),
      redis.zmscore(set, '', ...records),
    ]);
    if (!epoch || !life || Number(epoch) !== Number(life)) return null;
    const last = new Map(types.map((tag, i) => [tag, Number(ofTypes[i] ?? 0)]));
    for (const [i, tag] of records.entries()) last.set(tag, Number(ofRecords[i] ?? forgotten ?? 0));
    return { epoch, now: Number(now), written: Number(written ?? 0), last };
  }

  return {
    async stamp(reader, tags) {
      const { tenantId, who } = reader;
      if (unmarked.has(`${tenantId} ${who}`) && !(await mark(reader))) return null;
      const ofAll = tags.filter(concernsAll);
      const ofCompany = tags.filter((tag) => !concernsAll(tag));
      const read = () =>
        ask(
          () => Promise.all([changesOf(tenantId, who, ofCompany), changesOf('', who, ofAll), redis.get(eraKey)]),
          timeoutMs,
        );
      let found = await read();
      if (found && !(found[0] && found[1])) {
        await ask(
          () => Promise.all([tenantId, ''].map((one) => redis.eval(begin, 2, ...keysOf(one), epoch()))),
          timeoutMs,
        );
        found = await read();
      }
      if (!found?.[0] || !found[1]) return null;
      const [company, all, era] = found;
      return {
        epoch: `${era ?? ''}.${company.epoch}.${all.epoch}`,
        changes: tags.map((tag) => (concernsAll(tag) ? all : company).last.get(tag) ?? 0),
        now: company.now,
        nowOfAll: all.now,
        written: company.written,
      };
    },
    changed(event) {
      const { tenantId, id, entityId } = event;
      if (!waiting) {
        waiting = new Map();
        queueMicrotask(tell);
      }
      let entry = waiting.get(tenantId);
      if (!entry) waiting.set(tenantId, (entry = { tags: new Set(), signs: [] }));
      for (const tag of tagsOf(event)) entry.tags.add(tag);
      entry.signs.push(`${id ?? Math.random()}:${entityId}`);
    },
    lost() {
      void ask(() => redis.set(eraKey, epoch()), writeTimeoutMs);
    },
    written: mark,
  };
}

interface Changes {
  readonly epoch: string;
  readonly now: number;
  /** Number of the reader's last write. */
  readonly written: number;
  /** Number of the last change by tag. */
  readonly last: ReadonlyMap<string, number>;
}

const parted = (tags: readonly string[]) => ({
  types: tags.filter((tag) => !isOfRecord(tag)),
  records: tags.filter(isOfRecord),
});
