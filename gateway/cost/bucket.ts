/** How fast a caller may spend: a store of `size`, refilled evenly. */
export interface BucketSize {
  size: number;
  refillPerSecond: number;
}

export interface Bucket {
  level: number;
  /** Milliseconds since the epoch at which `level` was right. */
  at: number;
}

/** How a bucket stands. */
export interface Balance {
  limit: number;
  remaining: number;
  /** Seconds until the bucket is full again. */
  resetSeconds: number;
}

export interface Charge extends Balance {
  accepted: boolean;
  /** Seconds until the same charge would be accepted; 0 when it was. */
  retryAfterSeconds: number;
}

export function levelAt({ level, at }: Bucket, { size, refillPerSecond }: BucketSize, now: number): number {
  return Math.min(size, level + (Math.max(0, now - at) / 1000) * refillPerSecond);
}

export const balanceAt = (level: number, { size, refillPerSecond }: BucketSize): Balance => ({
  limit: size,
  remaining: Math.floor(level),
  resetSeconds: Math.ceil((size - level) / refillPerSecond),
});

/** Takes an amount out of a bucket, or leaves it as it is. The bucket is changed in place. */
export function charge(bucket: Bucket, size: BucketSize, amount: number, now: number): Charge {
  const level = levelAt(bucket, size, now);
  const accepted = amount <= level;
  bucket.level = accepted ? level - amount : level;
  bucket.at = now;
  return {
    accepted,
    ...balanceAt(bucket.level, size),
    retryAfterSeconds: accepted ? 0 : Math.max(1, Math.ceil((amount - level) / size.refillPerSecond)),
  };
}

/** Gives back what was reserved and not used. */
export function refund(bucket: Bucket, size: BucketSize, amount: number, now: number): Balance {
  bucket.level = Math.min(size.size, levelAt(bucket, size, now) + amount);
  bucket.at = now;
  return balanceAt(bucket.level, size);
}
