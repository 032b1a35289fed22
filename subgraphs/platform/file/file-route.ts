import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '@valeo/kit/caller.ts';
import { standardError } from '@valeo/kit/errors.ts';
import { newId } from '@valeo/kit/ids.ts';
import type { Services } from '@valeo/kit/services.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';

const CHUNK_BYTES = 1 << 20;
export const MAX_FILE_BYTES = 256 << 20;

class TooLarge extends Error {}

/** `POST /files`: stores the raw body as a file of the caller's company and answers `{ id, name, sizeBytes, sha256 }`. */
export const fileRoute =
  (services: Services) =>
  async (
    req: IncomingMessage,
    res: ServerResponse,
    { caller, requestId }: { caller: Caller | null; requestId: string },
  ): Promise<boolean> => {
    const url = new URL(req.url ?? '/', 'http://localhost');
    if (url.pathname !== '/files') return false;
    const answer = (status: number, body: object) => {
      res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
      return true;
    };
    const refuse = (status: number, code: string, params = {}) => {
      const { message, extensions } = standardError(code, caller?.locale ?? 'de', params);
      // What is still coming is not read: the connection ends with the answer.
      if (!req.readableEnded) res.setHeader('connection', 'close');
      return answer(status, { errors: [{ message, extensions: { ...extensions, requestId } }] });
    };
    if (req.method !== 'POST') return refuse(405, 'METHOD_NOT_ALLOWED');
    if (!caller) return refuse(401, 'UNAUTHENTICATED');
    if (!caller.permissions.includes('platform:write'))
      return refuse(403, 'FORBIDDEN', { permission: 'platform:write' });
    if (Number(req.headers['content-length'] ?? 0) > MAX_FILE_BYTES) return refuse(413, 'FILE_TOO_LARGE');
    const session = { domain: 'platform', tenantId: caller.tenantId, userId: caller.userId, requestId };
    try {
      const stored = await services.database.transaction(session, (tx) =>
        storeFile(tx, req, {
          name: (url.searchParams.get('name') ?? 'upload').slice(0, 200),
          contentType: (req.headers['content-type'] ?? 'application/octet-stream').slice(0, 100),
          userId: caller.userId,
        }),
      );
      return answer(201, stored);
    } catch (error) {
      if (error instanceof TooLarge) return refuse(413, 'FILE_TOO_LARGE');
      throw error;
    }
  };

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
    if (sizeBytes > MAX_FILE_BYTES) throw new TooLarge();
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
