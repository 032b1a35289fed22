import { createClient } from 'graphql-ws';
import type { Dispatcher } from 'undici';
import WebSocket from 'ws';
import type { RemoteOptions } from '../execute/remote.ts';
import { type Obj, type Run, type SubgraphAnswer, type SubgraphOperation, SubgraphRefusal } from '../execute/run.ts';
import { RequestError } from '../report/errors.ts';
import { isEventId } from './event-id.ts';
import { untilAborted } from './iterate.ts';

/** Events of a subgraph over server-sent events, one connection for each subscription. */
export async function* subscribeByEventStream(
  { name, url, forwardCaller }: RemoteOptions,
  connections: Dispatcher,
  operation: SubgraphOperation,
  variables: Obj,
  run: Run,
): AsyncGenerator<SubgraphAnswer> {
  const { origin, pathname, search } = new URL(url);
  const { statusCode, headers, body } = await connections.request({
    origin,
    path: pathname + search,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'x-request-id': run.call.requestId,
      ...(run.call.lastEventId !== undefined && { 'last-event-id': run.call.lastEventId }),
      ...forwardCaller?.(run.call, name),
    },
    body: JSON.stringify({ query: operation.text, operationName: operation.name, variables }),
    bodyTimeout: 0,
    signal: run.signal,
  });
  if (!String(headers['content-type']).startsWith('text/event-stream')) {
    const answer = JSON.parse(await body.text()) as SubgraphAnswer;
    if (answer.errors) throw new SubgraphRefusal(answer.errors);
    throw new RequestError(
      'SUBGRAPH_UNAVAILABLE',
      `${name} answered with status ${statusCode} and no event stream.`,
      502,
    );
  }
  for await (const { event, data, id } of untilAborted(readEvents(body), run.signal)) {
    if (event === 'complete') return;
    if (event === 'next' && data) yield eventOf(JSON.parse(data) as Answered, id);
  }
}

/** An answer as it comes, with what its extensions say about the event. */
type Answered = SubgraphAnswer & { extensions?: { event?: { id?: unknown; gap?: unknown } } };

function eventOf({ data, errors, extensions }: Answered, id?: string): SubgraphAnswer {
  const { id: named, gap } = extensions?.event ?? {};
  const known = id ?? (typeof named === 'string' ? named : undefined);
  return { data, errors, ...(known !== undefined && isEventId(known) && { id: known }), ...(gap === true && { gap }) };
}

interface ServerSentEvent {
  event: string;
  data: string;
  id?: string;
}

export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = blankLine.exec(text); end; end = blankLine.exec(text)) {
      const block = text.slice(0, end.index);
      text = text.slice(end.index + end[0].length);
      const event = readEvent(block);
      if (event) yield event;
    }
  }
}

const blankLine = /\r?\n\r?\n/;

function readEvent(block: string): ServerSentEvent | null {
  let event = 'message';
  let id: string | undefined;
  const data: string[] = [];
  let any = false;
  for (const line of block.split(/\r?\n/)) {
    if (line === '' || line.startsWith(':')) continue;
    any = true;
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id') id = value;
  }
  return any ? { event, data: data.join('\n'), ...(id && { id }) } : null;
}

/** Events of a subgraph over graphql-transport-ws. */
export async function* subscribeByWebSocket(
  { name, url, forwardCaller }: RemoteOptions,
  operation: SubgraphOperation,
  variables: Obj,
  run: Run,
): AsyncGenerator<SubgraphAnswer> {
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    lazy: true,
    retryAttempts: 0,
    connectionParams: { 'x-request-id': run.call.requestId, ...forwardCaller?.(run.call, name) },
  });
  try {
    const { lastEventId } = run.call;
    const events = client.iterate({
      query: operation.text,
      operationName: operation.name,
      variables,
      ...(lastEventId !== undefined && { extensions: { lastEventId } }),
    });
    for await (const event of untilAborted(events, run.signal)) yield eventOf(event as Answered);
  } finally {
    await client.dispose();
  }
}
