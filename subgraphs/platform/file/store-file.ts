import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { newId } from '@valeo/kit/ids.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';

const CHUNK_BYTES = 1 << 20;
export const MAX_FILE_BYTES = 256 << 20;

export class TooLarge extends Error {}

/** An upload that has arrived as a whole, on the disk of this process. */
export interface Arrived {
  readonly sizeBytes: number;
  readonly sha256: string;
  open(): AsyncIterable<Uint8Array>;
}

/** Takes an upload in before anything is done with it: however slow its sender is, no connection to the database waits for him. */
export async function withArrived<T>(
  content: AsyncIterable<Uint8Array>,
  work: (arrived: Arrived) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'valeo-upload-'));
  try {
    const path = join(folder, 'content');
    const hash = createHash('sha256');
    let sizeBytes = 0;
    async function* counted() {
      for await (const part of content) {
        sizeBytes += part.length;
        if (sizeBytes > MAX_FILE_BYTES) throw new TooLarge();
        hash.update(part);
        yield part;
      }
    }
    await pipeline(counted, createWriteStream(path));
    return await work({ sizeBytes, sha256: hash.digest('hex'), open: () => createReadStream(path) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Stores a stream in pieces of one MiB, so that a large upload never stands whole in memory. */
export async function storeFile(
  tx: Tx,
  content: AsyncIterable<Uint8Array>,
  { name, contentType, userId }: { name: string; contentType: string; userId: string | null },
) {
  const id = newId();
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let position = 0;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  const flush = async () => {
    if (pendingBytes === 0) return;
    const chunk = Buffer.concat(pending);
    pending = [];
    pendingBytes = 0;
    await tx.query(
      'INSERT INTO platform.file_chunk (tenant_id, file_id, position, content) VALUES ($1, $2, $3, $4)',
      [tx.tenantId, id, position++, chunk],
      'insert_file_chunk',
    );
  };
  for await (const part of content) {
    sizeBytes += part.length;
    hash.update(part);
    pending.push(part);
    pendingBytes += part.length;
    if (pendingBytes >= CHUNK_BYTES) await flush();
  }
  await flush();
  const sha256 = hash.digest('hex');
  await tx.query(
    `INSERT INTO platform.file (id, tenant_id, name, content_type, size_bytes, sha256, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, tx.tenantId, name, contentType, sizeBytes, sha256, userId],
  );
  return { id, name, sizeBytes, sha256 };
}

/** What the company has stored so far. */
export async function storedBytes(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ bytes: string }>(
    'SELECT coalesce(sum(size_bytes), 0)::bigint AS bytes FROM platform.file',
  );
  return Number(row?.bytes ?? 0);
}
