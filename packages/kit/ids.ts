import { v7 } from 'uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const ID_BYTES = 16;
/** Random bytes for many ids at once: asking the system for each id took longer than all else about it. */
const pool = new Uint8Array(512 * ID_BYTES);
let used = pool.length;
const last = { msecs: 0, seq: 0 };

/** A new id: UUIDv7, so that ids sort by time of creation and index pages fill from the end. */
export function newId(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + ID_BYTES);
  used += ID_BYTES;
  const now = Date.now();
  if (now > last.msecs) {
    last.msecs = now;
    last.seq = new DataView(random.buffer, random.byteOffset).getUint32(6) & 0x7fffffff;
  } else {
    // Within a millisecond ids count on; when the counter is full, the next millisecond begins early.
    last.seq = (last.seq + 1) | 0;
    if (last.seq === 0) last.msecs++;
  }
  return v7({ random, msecs: last.msecs, seq: last.seq });
}

export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
