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

export interface Charge {
  accepted: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the bucket is full again. */
  resetSeconds: number;
  /** Seconds until the same charge would be accepted; 0 when it was. */
  retryAfterSeconds: number;
}

export function levelAt({ level, at }: Bucket, { size, refillPerSecond }: BucketSize, now: number): number {
  return Math.min(size, level + (Math.max(0, now - at) / 1000) * refillPerSecond);
}

/** Takes an amount out of a bucket, or leaves it as it is. The bucket is changed in place. */
export function charge(bucket: Bucket, size: BucketSize, amount: number, now: number): Charge {
  const level = levelAt(bucket, size, now);
  const accepted = amount <= level;
  bucket.level = accepted ? level - amount : level;
  bucket.at = now;
  return {
    accepted,
    limit: size.size,
    remaining: Math.floor(bucket.level),
    resetSeconds: Math.ceil((size.size - bucket.level) / size.refillPerSecond),
    retryAfterSeconds: accepted ? 0 : Math.max(1, Math.ceil((amount - level) / size.refillPerSecond)),
  };
}

/** Gives back what was reserved and not used. */
export function refund(bucket: Bucket, size: BucketSize, amount: number, now: number): number {
  bucket.level = Math.min(size.size, levelAt(bucket, size, now) + amount);
  bucket.at = now;
  return Math.floor(bucket.level);
}
