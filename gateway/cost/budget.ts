import { LRUCache } from 'lru-cache';
import { holderOf } from '../http/client-ip.ts';
import type { SubgraphCall } from '../options.ts';
import { RequestError } from '../report/errors.ts';
import { type Balance, type Bucket, type BucketSize, type Charge, charge, refund } from './bucket.ts';

export interface CostOptions {
  /** Most an operation may cost; null for no limit. */
  operationLimit?: number | null;
  /** Most the part of an operation that one subgraph answers may cost. */
  subgraphLimits?: Record<string, number>;
  /** Entries assumed in a list that says nothing about its size. */
  listSize?: number;
  /** Budgets over time; null for none. */
  budgets?: { signedIn: BucketSize; anonymous: BucketSize } | null;
}

export const defaultCost: Required<CostOptions> = {
  operationLimit: 10_000,
  subgraphLimits: {},
  listSize: 100,
  budgets: {
    signedIn: { size: 500_000, refillPerSecond: 10_000 },
    anonymous: { size: 100_000, refillPerSecond: 1_000 },
  },
};

/** A store of buckets: in memory, or shared by all replicas. */
export interface BucketStore {
  charge(key: string, size: BucketSize, amount: number): Charge | Promise<Charge>;
  /** Gives back a part of what was charged, to where it was charged. */
  refund(key: string, size: BucketSize, amount: number, charge: Charge): Balance | Promise<Balance>;
}

/** Callers whose buckets are remembered; a forgotten one starts full again. */
const bucketsMax = 100_000;

export function memoryBuckets(now: () => number = Date.now): BucketStore {
  const buckets = new LRUCache<string, Bucket>({ max: bucketsMax });
  const bucketOf = (key: string, size: BucketSize): Bucket => {
    let bucket = buckets.get(key);
    if (!bucket) {
      bucket = { level: size.size, at: now() };
      buckets.set(key, bucket);
    }
    return bucket;
  };
  return {
    charge: (key, size, amount) => charge(bucketOf(key, size), size, amount, now()),
    refund: (key, size, amount) => refund(bucketOf(key, size), size, amount, now()),
  };
}

export interface Reservation {
  /** Gives back what the answer did not need, and tells how the bucket stands then; null where there is none. */
  settle(actual: number): Balance | null | Promise<Balance | null>;
}

/** What callers may spend. */
export interface Budgets {
  /**
   * Refuses what is too dear and reserves the rest from the caller's bucket.
   * @throws RequestError COST_LIMIT_EXCEEDED, or RATE_LIMITED (429) with the seconds to wait.
   */
  reserve(cost: number, call: SubgraphCall): Reservation | Promise<Reservation>;
  /** Most that one operation of this caller may cost; null for no limit. */
  limitOf(call: SubgraphCall): number | null;
  /** How the caller's bucket stands; null where there is none. */
  balanceOf(call: SubgraphCall): Balance | null | Promise<Balance | null>;
  /**
   * Takes what an event came to, of which nobody knew before it happened. Null where there are no budgets.
   * @throws RequestError RATE_LIMITED with the seconds to wait.
   */
  spend(cost: number, call: SubgraphCall): Charge | null | Promise<Charge>;
}

const unlimited: Reservation = { settle: () => null };

export function createBudgets({ operationLimit, budgets }: Required<CostOptions>, store: BucketStore): Budgets {
  const sizeOf = ({ caller }: SubgraphCall): BucketSize | null =>
    budgets && (caller ? (caller.budget ?? budgets.signedIn) : budgets.anonymous);

  function limitOf(call: SubgraphCall): number | null {
    const limit = Math.min(operationLimit ?? Number.POSITIVE_INFINITY, sizeOf(call)?.size ?? Number.POSITIVE_INFINITY);
    return Number.isFinite(limit) ? limit : null;
  }

  return {
    limitOf,
    reserve(cost, call) {
      const limit = limitOf(call);
      if (limit !== null && cost > limit) throw tooDear(cost, limit);
      const size = sizeOf(call);
      if (!size) return unlimited;
      const key = payerOf(call);
      return after(store.charge(key, size, cost), (result) => {
        const charge = accepted(cost, result);
        return { settle: (actual) => (actual < cost ? store.refund(key, size, cost - actual, charge) : charge) };
      });
    },
    spend(cost, call) {
      const size = sizeOf(call);
      if (!size) return null;
      // What is dearer than a whole bucket empties it: no wait would ever be long enough.
      const amount = Math.min(cost, size.size);
      return after(store.charge(payerOf(call), size, amount), (result) => accepted(amount, result));
    },
    balanceOf(call) {
      const size = sizeOf(call);
      return size && store.charge(payerOf(call), size, 0);
    },
  };
}

const after = <T, R>(value: T | Promise<T>, next: (value: T) => R): R | Promise<R> =>
  value instanceof Promise ? value.then(next) : next(value);

function accepted(cost: number, charge: Charge): Charge {
  if (!charge.accepted) throw rateLimited(cost, charge);
  return charge;
}

/** Who spends, and has his turn where many want the same. */
export function payerOf({ caller, http }: SubgraphCall): string {
  if (!caller) return `ip:${holderOf(http?.ip ?? '')}`;
  return caller.clientId ? `client:${caller.clientId}` : `user:${caller.tenantId}:${caller.userId}`;
}

export function tooDear(cost: number, limit: number): RequestError {
  return new RequestError('COST_LIMIT_EXCEEDED', `The operation costs ${cost}; at most ${limit} is allowed.`, 400, {
    cost: { requested: cost, limit },
  });
}

function rateLimited(cost: number, { retryAfterSeconds, ...state }: Charge): RequestError {
  return new RequestError('RATE_LIMITED', `The budget is used up. Try again in ${retryAfterSeconds} s.`, 429, {
    headers: { 'retry-after': String(retryAfterSeconds), ...budgetHeaders(state) },
    cost: { requested: cost, limit: state.limit, remaining: state.remaining },
    retryAfterSeconds,
  });
}

export function budgetHeaders({ limit, remaining, resetSeconds }: Balance): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
  };
}
