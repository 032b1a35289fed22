import { foundConnection, lostConnection } from '#offline/connection.ts';
import { claim, signInAgain } from '#offline/session.ts';
import { GraphFault, type Operation, readAnswer, requestBody, unreadable } from './operation.ts';

/** What tells the server that a request comes from the app. */
export const sameOrigin = { 'content-type': 'application/json', 'x-valeo-client': 'web' } as const;

/** The session of a page has ended, or the browser has that of somebody else or of another company by now. */
export const isOver = (fault: unknown): boolean =>
  fault instanceof GraphFault && (fault.code === 'UNAUTHENTICATED' || fault.code === 'OTHER_SESSION');

/**
 * Asks the graph from the browser, as the reader of this page. When the session is over the reader is asked for it in place, and then
 * the same request goes out again.
 */
export async function request<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  try {
    return await requestOnce(operation, variables, signal);
  } catch (fault) {
    if (!isOver(fault) || !(await signInAgain())) throw fault;
    return requestOnce(operation, variables, signal);
  }
}

/** The same without asking for the session; `whose` is empty for what is asked as whoever is signed in. */
export async function requestOnce<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
  whose: Record<string, string> = claim(),
): Promise<Data> {
  let response: Response;
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        ...sameOrigin,
        ...whose,
        'x-valeo-operation': operation.writes ? 'write' : 'read',
        accept: 'application/graphql-response+json, application/json',
      },
      body: requestBody(operation, variables),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    lostConnection();
    throw new GraphFault('OFFLINE', 'The server cannot be reached.', null, true);
  }
  // A read may have been answered from what is kept; a write never is.
  if (operation.writes) foundConnection();
  const requestId = response.headers.get('x-request-id');
  const text = await response.text();
  let answer: object;
  try {
    answer = JSON.parse(text);
  } catch {
    throw unreadable(response.status, requestId);
  }
  return readAnswer<Data>(answer, requestId);
}

/** A key that makes a retried write the same write. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/**
 * Listens to a subscription and calls back with each event, and each time it begins to hear. `onEvent` must be able to see the same
 * state twice. Returns the way to stop.
 */
export function subscribe<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  onEvent: (data: Data) => void,
  onOpen?: () => void,
): () => void {
  const stop = new AbortController();
  // No reader waits for it, so its code comes after everything that one does wait for.
  import('./listen.ts').then(
    ({ listen }) => listen(operation, variables, onEvent, stop.signal, onOpen),
    () => undefined,
  );
  return () => stop.abort();
}

const listenAfterMs = 5000;

/**
 * Listens once a page has settled, so that an open stream never competes with what a reader waits for, and only while
 * the page is looked at: a browser has few connections to share among its tabs.
 */
export function listenWhileVisible(start: () => () => void, afterMs = listenAfterMs): () => void {
  let stop = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const change = () => {
    clearTimeout(timer);
    stop();
    stop = () => {};
    if (document.visibilityState !== 'visible') return;
    timer = setTimeout(() => {
      stop = start();
    }, afterMs);
  };
  change();
  document.addEventListener('visibilitychange', change);
  return () => {
    document.removeEventListener('visibilitychange', change);
    clearTimeout(timer);
    stop();
  };
}
