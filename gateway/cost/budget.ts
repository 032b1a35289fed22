import { LRUCache } from 'lru-cache';
import type { SubgraphCall } from '../options.ts';
import { RequestError } from '../report/errors.ts';
import { type Bucket, type BucketSize, type Charge, charge, refund } from './bucket.ts';

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
  /** Gives back a part of what was charged, to where it was charged. Answers what is left. */
  refund(key: string, size: BucketSize, amount: number, charge: Charge): number | Promise<number>;
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
  readonly charge: Charge | null;
  /** Gives back what the answer did not need. */
  settle(actual: number): number | null | Promise<number | null>;
}

/** What callers may spend over time. */
export interface Budgets {
  /**
   * Refuses what is too dear and reserves the rest from the caller's budget.
   * @throws RequestError COST_LIMIT_EXCEEDED, or RATE_LIMITED (429) with the seconds to wait.
   */
  reserve(cost: number, call: SubgraphCall): Reservation | Promise<Reservation>;
  /**
   * Takes what an event came to, of which nobody knew before it happened. Null where there are no budgets.
   * @throws RequestError RATE_LIMITED with the seconds to wait.
   */
  spend(cost: number, call: SubgraphCall): Charge | null | Promise<Charge>;
}

const unlimited: Reservation = { charge: null, settle: () => null };

export function createBudgets({ operationLimit, budgets }: Required<CostOptions>, store: BucketStore): Budgets {
  const sizeFor = ({ caller }: SubgraphCall, { signedIn, anonymous }: NonNullable<typeof budgets>): BucketSize =>
    caller ? (caller.budget ?? signedIn) : anonymous;
  return {
    reserve(cost, call) {
      if (operationLimit !== null && cost > operationLimit) throw tooDear(cost, operationLimit);
      if (!budgets) return unlimited;
      const size = sizeFor(call, budgets);
      if (cost > size.size) throw tooDear(cost, size.size);
      const key = bucketKey(call);
      return after(store.charge(key, size, cost), (result) => {
        const charge = accepted(cost, result);
        return {
          charge,
          settle: (actual) => (actual < cost ? store.refund(key, size, cost - actual, charge) : charge.remaining),
        };
      });
    },
    spend(cost, call) {
      if (!budgets) return null;
      const size = sizeFor(call, budgets);
      // What is dearer than a whole bucket empties it: no wait would ever be long enough.
      const amount = Math.min(cost, size.size);
      return after(store.charge(bucketKey(call), size, amount), (result) => accepted(amount, result));
    },
  };
}

const after = <T, R>(value: T | Promise<T>, next: (value: T) => R): R | Promise<R> =>
  value instanceof Promise ? value.then(next) : next(value);

function accepted(cost: number, charge: Charge): Charge {
  if (!charge.accepted) throw rateLimited(cost, charge);
  return charge;
}

function bucketKey({ caller, http }: SubgraphCall): string {
  if (!caller) return `ip:${http?.ip ?? ''}`;
  return caller.clientId ? `client:${caller.clientId}` : `user:${caller.tenantId}:${caller.userId}`;
}

function tooDear(cost: number, limit: number): RequestError {
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

export function budgetHeaders({
  limit,
  remaining,
  resetSeconds,
}: Pick<Charge, 'limit' | 'remaining' | 'resetSeconds'>): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
  };
}
