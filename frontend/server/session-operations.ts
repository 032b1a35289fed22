import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print } from 'graphql';

/** The operations the front itself sends, by name, under the ids that the persisted operations know them by. */
const operations = new Map(
  parse(readFileSync(join(import.meta.dirname, 'session.graphql'), 'utf8')).definitions.map((definition) => {
    const name = definition.kind === Kind.OPERATION_DEFINITION ? (definition.name?.value ?? '') : '';
    const text = print({ kind: Kind.DOCUMENT, definitions: [definition] });
    return [name, createHash('sha256').update(text).digest('hex')];
  }),
);

export type SessionOperation = 'SignIn' | 'SignUp' | 'RefreshSession' | 'SignOut';

/** What became of a session operation: the cookies to set, the error code if it was refused. */
export interface SessionAnswer {
  readonly setCookies: readonly string[];
  /** A code of the mutation or of the gateway; null when it went well. */
  readonly error: string | null;
}

export interface SessionRequest {
  readonly operation: SessionOperation;
  readonly variables?: Record<string, unknown>;
  /** Headers of the browser's request that identity needs: cookies, language, address, request id. */
  readonly headers: Record<string, string>;
}

const TIMEOUT_MS = 10_000;

interface GraphAnswer {
  data?: Record<string, { error?: { code?: string } | null } | null> | null;
  errors?: { extensions?: { code?: string } }[];
}

/** Sends a session operation to the gateway on behalf of the browser. Throws when the gateway cannot be reached. */
export async function sendSession(gatewayUrl: string, request: SessionRequest): Promise<SessionAnswer> {
  const { operation, variables = {}, headers } = request;
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      ...headers,
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      'x-valeo-client': 'web',
      'sec-fetch-site': 'same-origin',
    },
    body: JSON.stringify({ id: operations.get(operation), operationName: operation, variables }),
  });
  const answer = (await response.json()) as GraphAnswer;
  const payload = Object.values(answer.data ?? {})[0];
  const fault = answer.errors?.[0]?.extensions?.code ?? (payload ? null : 'INTERNAL');
  return { setCookies: response.headers.getSetCookie(), error: payload?.error?.code ?? fault };
}
