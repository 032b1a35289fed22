import type { Send, Sent } from './replay.ts';
import type { WriteFault } from './write.ts';

interface Answer {
  /** Of a stored file. */
  readonly id?: string;
  readonly data?: Readonly<Record<string, Payload | null>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly retryable?: boolean };
  }[];
}

interface Payload {
  readonly error?: (Omit<WriteFault, 'fields'> & { readonly fields?: WriteFault['fields'] | null }) | null;
  readonly [object: string]: unknown;
}

/** Sends a write to the graph under its key, its file ahead of it. Used by pages and by the service worker alike. */
export const sendWrite: Send = async ({ id, owner, operation, mutation, object, file }, input) => {
  const post = async (address: string, type: string, body: Blob | string) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': type,
        'idempotency-key': id,
        'x-valeo-client': 'web',
        'x-valeo-operation': 'write',
        // The front refuses it when somebody else is signed in by now.
        'x-valeo-owner': owner,
      },
      body,
    });
    // A proxy answers in its own words.
    const answer: Answer = await response.json().catch(() => ({}));
    return { ...outcome(answer, mutation, object, response.status), fileId: answer.id };
  };
  try {
    const stored = file && (await post('/files', file.type, file));
    if (stored && !stored.fileId) return stored;
    return await post(
      '/graphql',
      'application/json',
      JSON.stringify({
        id: operation.id,
        operationName: operation.name,
        variables: { input: { ...(input as object), fileId: stored?.fileId, idempotencyKey: id } },
      }),
    );
  } catch {
    return { later: 'OFFLINE' };
  }
};

/**
 * What an answer means for a write. Of what does not come from the graph only a size that is too much is known to be so the next time;
 * a page finds out about the rest.
 */
export function outcome(answer: Answer, mutation: string, object: string, status: number): Sent {
  const payload = answer.data?.[mutation];
  if (payload?.error) return { done: false, fault: { ...payload.error, fields: payload.error.fields ?? [] } };
  if (payload) return { done: true, id: (payload[object] as { id?: string } | null)?.id ?? null };
  const first = answer.errors?.[0];
  const code = first?.extensions?.code ?? `HTTP_${status}`;
  const isLater = /^(5|429|409)|UNAUTH|QUERY|HTTP_(?!413)/.test(`${status}${code}`) || first?.extensions?.retryable;
  if (isLater) return { later: code };
  return { done: false, fault: { code, message: first?.message ?? code, fields: [] } };
}
