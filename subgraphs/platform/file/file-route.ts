import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller, Locale } from '@valeo/kit/caller.ts';
import { standardError } from '@valeo/kit/errors.ts';
import { once } from '@valeo/kit/idempotency.ts';
import { fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Services } from '@valeo/kit/services.ts';
import type { Session, Tx } from '@valeo/kit/tenant-db.ts';
import { sendAttachment } from './send-attachment.ts';
import { type Arrived, MAX_FILE_BYTES, storedBytes, storeFile, TooLarge, withArrived } from './store-file.ts';

export interface FileLimits {
  /** What a company may store in all. */
  readonly companyBytes: number;
}

/** How a request is refused: with the standard error. */
export type Refuse = (status: number, code: string, params?: Readonly<Record<string, string>>) => true;

/**
 * `POST /files` stores the raw body as a file of the caller's company and answers `{ id, name, sizeBytes, sha256 }`; under the
 * header `idempotency-key` once. `GET /files/<id of an attachment>` sends the file to whoever may read its record.
 */
export const fileRoute =
  (services: Services, limits: FileLimits) =>
  async (
    req: IncomingMessage,
    res: ServerResponse,
    { caller, requestId, locale }: { caller: Caller | null; requestId: string; locale: Locale },
  ): Promise<boolean> => {
    const url = new URL(req.url ?? '/', 'http://localhost');
    const [, attachmentId] = /^\/files(?:\/([\w-]+))?$/.exec(url.pathname) ?? [];
    if (url.pathname !== '/files' && !attachmentId) return false;
    const refuse: Refuse = (status, code, params = {}) => {
      const { message, extensions } = standardError(code, locale, params);
      // What is still coming is not read: the connection ends with the answer.
      if (!req.readableEnded) res.setHeader('connection', 'close');
      return sendJson(res, status, { errors: [{ message, extensions: { ...extensions, requestId } }] });
    };
    const isRead = req.method === 'GET' || req.method === 'HEAD';
    if (attachmentId ? !isRead : req.method !== 'POST') return refuse(405, 'METHOD_NOT_ALLOWED');
    if (!caller) return refuse(401, 'UNAUTHENTICATED');
    const session = { domain: 'platform', tenantId: caller.tenantId, userId: caller.userId, requestId };
    const call = { req, res, url, caller, session, services, refuse };
    return attachmentId ? sendAttachment(call, attachmentId) : takeFile(call, limits);
  };

/** A request whose caller is known. */
export interface FileCall {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly url: URL;
  readonly caller: Caller;
  readonly session: Session;
  readonly services: Services;
  readonly refuse: Refuse;
}

type Stored = Awaited<ReturnType<typeof storeFile>>;
type RefusedCode = 'STORAGE_FULL' | 'IDEMPOTENCY_KEY_REUSED';

async function takeFile({ req, res, url, caller, session, services, refuse }: FileCall, limits: FileLimits) {
  if (!caller.permissions.includes('platform:write')) return refuse(403, 'FORBIDDEN', { permission: 'platform:write' });
  const key = req.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !/^[\x20-\x7e]{1,200}$/.test(key)))
    return refuse(400, 'INVALID_INPUT');
  if (Number(req.headers['content-length'] ?? 0) > MAX_FILE_BYTES) return refuse(413, 'FILE_TOO_LARGE');
  const about = {
    name: (url.searchParams.get('name') ?? 'upload').slice(0, 200),
    contentType: (req.headers['content-type'] ?? 'application/octet-stream').slice(0, 100),
    userId: caller.userId,
  };
  try {
    const result = await withArrived(req, (arrived) =>
      services.database.transaction<Result<Stored, RefusedCode>>(session, async (tx) => {
        const work = () => keep(tx, arrived, about, limits);
        const input = { name: about.name, sha256: arrived.sha256 };
        const kept = key ? await once(tx, 'POST /files', { key, input }, work) : await work();
        return kept.ok ? kept : tx.rollback(kept);
      }),
    );
    if (result.ok) return sendJson(res, 201, result.value);
    return result.code === 'STORAGE_FULL' ? refuse(413, 'STORAGE_FULL') : refuse(422, 'IDEMPOTENCY_KEY_REUSED');
  } catch (error) {
    if (error instanceof TooLarge) return refuse(413, 'FILE_TOO_LARGE');
    throw error;
  }
}

async function keep(tx: Tx, arrived: Arrived, about: Parameters<typeof storeFile>[2], { companyBytes }: FileLimits) {
  if ((await storedBytes(tx)) + arrived.sizeBytes > companyBytes) return fail('STORAGE_FULL');
  return ok(await storeFile(tx, arrived.open(), about));
}

function sendJson(res: ServerResponse, status: number, body: object): true {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  return true;
}
