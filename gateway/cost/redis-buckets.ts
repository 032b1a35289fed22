import type { Redis } from 'ioredis';
import { inTime } from '../redis.ts';
import type { Logger } from '../report/log.ts';
import { balanceAt, type Charge } from './bucket.ts';
import type { BucketStore } from './budget.ts';

/**
 * The same rule as `bucket.ts`, on the server, so that replicas that charge one caller at the same time agree. Time is the
 * server's as well. A negative amount gives back.
 */
const script = `
local size, refill, amount = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local stored = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = size
if stored[1] then level = math.min(size, tonumber(stored[1]) + math.max(0, now - tonumber(stored[2])) / 1000 * refill) end
local accepted = amount <= level
local left = level
if accepted then left = math.min(size, level - amount) end
redis.call('HSET', KEYS[1], 'level', tostring(left), 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(size / refill * 1000) + 1000)
return { accepted and 1 or 0, tostring(level), tostring(left) }`;

const prefix = 'valeo:budget:';

/** Milliseconds a charge may take; a budget must not cost more than the operation. */
const timeoutMs = 100;

/** Buckets that all replicas share. While Redis is away each replica counts for itself, and says so once. */
export function redisBuckets(redis: Redis, local: BucketStore, log: Logger): BucketStore {
  let isAway = false;
  /** What was charged while Redis was away is given back where it was taken. */
  const chargedHere = new WeakSet<Charge>();

  async function run(
    key: string,
    size: number,
    refill: number,
    amount: number,
  ): Promise<[boolean, number, number] | null> {
    try {
      if (redis.status !== 'ready') throw new Error(`the connection is ${redis.status}`);
      const answer = (await inTime(redis.eval(script, 1, prefix + key, size, refill, amount), timeoutMs)) as [
        number,
        string,
        string,
      ];
      if (isAway) log.info('budgets are shared again');
      isAway = false;
      return [answer[0] === 1, Number(answer[1]), Number(answer[2])];
    } catch (err) {
      if (!isAway) log.warn({ err }, 'Redis is away: budgets are counted by each gateway for itself');
      isAway = true;
      return null;
    }
  }

  return {
    async charge(key, bucket, amount): Promise<Charge> {
      const answer = await run(key, bucket.size, bucket.refillPerSecond, amount);
      if (!answer) {
        const charge = await local.charge(key, bucket, amount);
        chargedHere.add(charge);
        return charge;
      }
      const [accepted, level, left] = answer;
      return {
        accepted,
        ...balanceAt(left, bucket),
        retryAfterSeconds: accepted ? 0 : Math.max(1, Math.ceil((amount - level) / bucket.refillPerSecond)),
      };
    },
    async refund(key, bucket, amount, charge) {
      if (chargedHere.has(charge)) return local.refund(key, bucket, amount, charge);
      const answer = await run(key, bucket.size, bucket.refillPerSecond, -amount);
      return answer ? balanceAt(answer[2], bucket) : local.refund(key, bucket, amount, charge);
    },
  };
}
