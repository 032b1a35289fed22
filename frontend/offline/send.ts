import type { Send, Sent } from './replay.ts';
import type { WriteFault } from './write.ts';

interface Answer {
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

/** Sends a write to the graph under its key. Used by pages and by the service worker alike. */
export const sendWrite: Send = async (write, input) => {
  let response: Response;
  let answer: Answer;
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-valeo-client': 'web',
        // The front refuses it when somebody else is signed in by now.
        'x-valeo-owner': write.owner,
      },
      body: JSON.stringify({
        id: write.operation.id,
        operationName: write.operation.name,
        variables: { input: { ...(input as object), idempotencyKey: write.id } },
      }),
    });
    answer = (await response.json()) as Answer;
  } catch {
    return { later: 'OFFLINE' };
  }
  return outcome(answer, write.mutation, write.object, response.status);
};

/** What an answer of the graph means for a write. */
export function outcome(answer: Answer, mutation: string, object: string, status: number): Sent {
  const payload = answer.data?.[mutation];
  if (payload?.error) return { done: false, fault: { ...payload.error, fields: payload.error.fields ?? [] } };
  if (payload) return { done: true, id: (payload[object] as { id?: string } | null)?.id ?? null };
  const first = answer.errors?.[0];
  const code = first?.extensions?.code ?? `HTTP_${status}`;
  const isLater =
    status >= 500 ||
    status === 429 ||
    status === 409 ||
    code === 'UNAUTHENTICATED' ||
    code === 'PERSISTED_QUERY_NOT_FOUND' ||
    first?.extensions?.retryable;
  if (isLater) return { later: code };
  return { done: false, fault: { code, message: first?.message ?? code, fields: [] } };
}
