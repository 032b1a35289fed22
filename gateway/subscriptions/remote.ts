import { createClient } from 'graphql-ws';
import type { Dispatcher } from 'undici';
import WebSocket from 'ws';
import { checkResult, failure, readAnswer, readErrors } from '../execute/answer.ts';
import { AnswerTooLarge } from '../execute/exchange.ts';
import type { RemoteOptions } from '../execute/remote.ts';
import {
  isObject,
  type Obj,
  type Run,
  type SubgraphAnswer,
  type SubgraphOperation,
  SubgraphRefusal,
} from '../execute/run.ts';
import { RequestError, reportOf } from '../report/errors.ts';
import { isEventId } from './event-id.ts';
import { untilAborted } from './iterate.ts';

/** Events of a subgraph over server-sent events, one connection for each subscription. */
export async function* subscribeByEventStream(
  options: RemoteOptions,
  connections: Dispatcher,
  operation: SubgraphOperation,
  variables: Obj,
  run: Run,
): AsyncGenerator<SubgraphAnswer> {
  const { name, url, forwardCaller, limits } = options;
  const { origin, pathname, search } = new URL(url);
  try {
    const { statusCode, headers, body } = await connections.request({
      origin,
      path: pathname + search,
      method: 'POST',
      headers: {
        ...run.call.forwarded,
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
      const { errors } = readAnswer(await textOf(body, limits.answerBytes), statusCode, name);
      if (errors) throw new SubgraphRefusal(errors);
      throw new RequestError(
        'SUBGRAPH_UNAVAILABLE',
        `${name} answered with status ${statusCode} and no event stream.`,
        502,
      );
    }
    for await (const { event, data, id } of untilAborted(readEvents(body, limits.answerBytes), run.signal)) {
      if (event === 'complete') return;
      if (event === 'next' && data) yield eventOf(parsed(data), name, id);
    }
    // A server or proxy that stops may close what it has begun in good order, and yet the subscription is not over.
    if (!run.signal?.aborted) throw new Error('The stream ended before it was complete.');
  } catch (error) {
    throw explained(error, options);
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>, bytesMax: number): Promise<string> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > bytesMax) throw new AnswerTooLarge();
    read.push(chunk);
  }
  return Buffer.concat(read).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Why events do not come: a subgraph's own reasons as they are, everything else as a call that failed. */
function explained(error: unknown, options: RemoteOptions): Error {
  return error instanceof SubgraphRefusal || error instanceof RequestError ? error : failure(error, options);
}

/** An event as it may be used. One that is no GraphQL result says so, and those after it still come. */
function eventOf(given: unknown, name: string, id?: string): SubgraphAnswer {
  const about = isObject(given) && isObject(given.extensions) ? given.extensions.event : undefined;
  const { id: named, gap } = isObject(about) ? about : {};
  const known = id ?? (typeof named === 'string' ? named : undefined);
  return {
    ...resultOf(given, name),
    ...(known !== undefined && isEventId(known) && { id: known }),
    ...(gap === true && { gap }),
  };
}

function resultOf(given: unknown, name: string): SubgraphAnswer {
  try {
    const { data, errors } = checkResult(given, name);
    return { data, ...(errors && { errors }) };
  } catch (error) {
    return { data: null, errors: [reportOf(error)] };
  }
}

interface ServerSentEvent {
  event: string;
  data: string;
  id?: string;
}

/** @throws AnswerTooLarge when one event has more characters than it may have. */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array>,
  charactersMax = Number.POSITIVE_INFINITY,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  const blankLine = /\r?\n\r?\n/g;
  let text = '';
  for await (const chunk of chunks) {
    // What was looked through is not looked through again, but for a blank line that is cut by the chunks.
    blankLine.lastIndex = Math.max(0, text.length - blankLineMax);
    text += decoder.decode(chunk, { stream: true });
    for (let end = blankLine.exec(text); end; end = blankLine.exec(text)) {
      if (end.index > charactersMax) throw new AnswerTooLarge();
      const event = readEvent(text.slice(0, end.index));
      text = text.slice(end.index + end[0].length);
      blankLine.lastIndex = 0;
      if (event) yield event;
    }
    if (text.length > charactersMax) throw new AnswerTooLarge();
  }
}

const blankLineMax = 4;

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
  options: RemoteOptions,
  operation: SubgraphOperation,
  variables: Obj,
  run: Run,
): AsyncGenerator<SubgraphAnswer> {
  const { name, url, forwardCaller, limits } = options;
  let isTooLarge = false;
  const client = createClient({
    url,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { maxPayload: limits.answerBytes });
        // The protocol tells only that the connection was closed.
        this.on('error', (error: NodeJS.ErrnoException) => {
          isTooLarge = error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
        });
      }
    },
    lazy: true,
    retryAttempts: 0,
    connectionParams: { ...run.call.forwarded, 'x-request-id': run.call.requestId, ...forwardCaller?.(run.call, name) },
  });
  try {
    const { lastEventId } = run.call;
    const events = client.iterate({
      query: operation.text,
      operationName: operation.name,
      variables,
      ...(lastEventId !== undefined && { extensions: { lastEventId } }),
    });
    for await (const event of untilAborted(events, run.signal)) yield eventOf(event, name);
  } catch (error) {
    const refusals = readErrors(error);
    if (refusals && refusals.length > 0) throw new SubgraphRefusal(refusals);
    throw explained(isTooLarge ? new AnswerTooLarge() : error, options);
  } finally {
    await client.dispose();
  }
}
