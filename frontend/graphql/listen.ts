import { claim } from '#offline/session.ts';
import { sameOrigin } from './client.ts';
import { type Operation, requestBody } from './operation.ts';
import { inTurn } from './stream-turns.ts';

const shortestPauseMs = 1000;
const longestPauseMs = 30_000;

/**
 * Listens to a subscription over server-sent events until it is complete or no longer wanted. Reconnects after a pause that doubles
 * with each failure, and goes on after the last event that it saw. A stream that completes with an error that will pass was interrupted.
 * `onOpen` is called each time it begins to hear.
 */
export async function listen<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  onEvent: (data: Data) => void,
  signal: AbortSignal,
  onOpen?: () => void,
): Promise<void> {
  let pauseMs = shortestPauseMs;
  let isComplete = false;
  let lastEventId = '';
  const connect = async (turn: AbortSignal): Promise<void> => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        ...sameOrigin,
        ...claim(),
        accept: 'text/event-stream',
        ...(lastEventId && { 'last-event-id': lastEventId }),
      },
      body: requestBody(operation, variables),
      signal: turn,
    });
    if (!response.ok || !response.body) throw new Error(response.statusText);
    onOpen?.();
    const openedAt = performance.now();
    let isInterrupted = false;
    let askedMs = 0;
    try {
      for await (const event of serverSentEvents(response.body)) {
        lastEventId = event.id ?? lastEventId;
        if (event.type === 'complete') isComplete = !isInterrupted;
        if (event.type === 'next' && event.data) {
          const answer = JSON.parse(event.data) as Answer<Data>;
          const passing = answer.data === undefined && answer.errors?.find(({ extensions }) => extensions?.retryable);
          isInterrupted = Boolean(passing);
          if (passing) askedMs = (passing.extensions?.retryAfterSeconds ?? 0) * 1000;
          else pauseMs = shortestPauseMs;
          if (answer.data) onEvent(answer.data);
        }
      }
    } finally {
      // Silence is no failure: what was open for long has worked. Nor is it one when another window took the turn.
      if (turn.aborted || performance.now() - openedAt > longestPauseMs) pauseMs = shortestPauseMs;
      pauseMs = Math.max(pauseMs, askedMs);
    }
  };
  while (!signal.aborted) {
    await inTurn(signal, (turn) => connect(turn).catch(() => undefined));
    if (isComplete) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly extensions?: { readonly retryable?: boolean; readonly retryAfterSeconds?: number };
  }[];
}

interface ServerSentEvent {
  readonly type: string;
  readonly data: string;
  readonly id?: string;
}

/** Reads the event stream format: blocks parted by an empty line, each with `event:`, `data:` and `id:` lines. */
export async function* serverSentEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as never).getReader() as ReadableStreamDefaultReader<string>;
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
      rest = blocks.pop() as string;
      for (const block of blocks) {
        const event = readBlock(block);
        if (event) yield event;
      }
    }
  } finally {
    reader.releaseLock();
  }
}

/** Null for a block of comments, which keeps the connection open and says nothing. */
function readBlock(block: string): ServerSentEvent | null {
  let type = 'message';
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) type = line.slice(6).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
    else if (line.startsWith('id:')) id = line.slice(3).trim();
  }
  if (data.length === 0 && type === 'message') return null;
  return { type, data: data.join('\n'), ...(id !== undefined && { id }) };
}
