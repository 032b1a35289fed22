import { afterEach, describe, expect, test, vi } from 'vitest';
import { onSessionEnd } from '#offline/session.ts';
import { request, subscribe } from './client.ts';
import { serverSentEvents } from './listen.ts';
import type { GraphFault, Operation } from './operation.ts';

const operation: Operation<{ viewer: { id: string } }, { first: number }> = { id: 'abc', name: 'Viewer' };
const answer = (body: string, init?: ResponseInit) => vi.fn(async () => new Response(body, init));

afterEach(() => vi.unstubAllGlobals());

describe('a request', () => {
  test('sends the id of the operation, never its text, and says that it comes from the app', async () => {
    const fetch = answer('{"data":{"viewer":{"id":"1"}}}');
    vi.stubGlobal('fetch', fetch);
    expect(await request(operation, { first: 5 })).toEqual({ viewer: { id: '1' } });
    const [url, init] = fetch.mock.calls[0] as unknown as [string, RequestInit];
    expect(url).toBe('/graphql');
    expect(JSON.parse(init.body as string)).toEqual({ id: 'abc', operationName: 'Viewer', variables: { first: 5 } });
    expect(new Headers(init.headers).get('x-valeo-client')).toBe('web');
  });

  test('that fails says why, with the id to ask support about', async () => {
    vi.stubGlobal(
      'fetch',
      answer('{"data":null,"errors":[{"message":"no","extensions":{"code":"FORBIDDEN","requestId":"r-1"}}]}'),
    );
    const fault = (await request(operation, { first: 1 }).catch((error) => error)) as GraphFault;
    expect([fault.code, fault.requestId, fault.message]).toEqual(['FORBIDDEN', 'r-1', 'no']);
  });

  test('keeps the data that came when one domain is down', async () => {
    vi.stubGlobal('fetch', answer('{"data":{"viewer":null},"errors":[{"message":"down"}]}'));
    expect(await request(operation, { first: 1 })).toEqual({ viewer: null });
  });

  test('that finds the session ended asks to sign in, and goes out again', async () => {
    const ended =
      '{"data":{"viewer":null},"errors":[{"message":"no","path":["viewer"],"extensions":{"code":"UNAUTHENTICATED"}}]}';
    const fetch = answer(ended);
    vi.stubGlobal('fetch', fetch);
    onSessionEnd(async () => {
      fetch.mockImplementation(async () => new Response('{"data":{"viewer":{"id":"1"}}}'));
      return true;
    });
    expect(await request(operation, { first: 1 })).toEqual({ viewer: { id: '1' } });
    fetch.mockImplementation(async () => new Response(ended));
    onSessionEnd(null);
    await expect(request(operation, { first: 1 })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('without a connection is a fault that may be tried again', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    const fault = (await request(operation, { first: 1 }).catch((error) => error)) as GraphFault;
    expect([fault.code, fault.retryable]).toEqual(['OFFLINE', true]);
  });

  test('that meets a page instead of an answer names the status and says what to do', async () => {
    vi.stubGlobal('fetch', answer('<html>', { status: 502, statusText: 'Bad Gateway' }));
    const fault = (await request(operation, { first: 1 }).catch((error) => error)) as GraphFault;
    expect(fault.code).toBe('HTTP_502');
    expect(fault.message).toMatch(/Bitte gleich noch einmal/);
  });
});

function stream(...chunks: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
}

describe('an event stream', () => {
  test('is read across chunks, with comments and several lines of data', async () => {
    const events = [];
    for await (const event of serverSentEvents(
      stream(':\n\nevent: ne', 'xt\ndata: {"a":\ndata: 1}\n\nevent: complete\n\n'),
    )) {
      events.push(event);
    }
    expect(events).toEqual([
      { type: 'next', data: '{"a":\n1}' },
      { type: 'complete', data: '' },
    ]);
  });

  test('calls back with every event and ends with the subscription', async () => {
    const body = 'event: next\ndata: {"data":{"viewer":{"id":"7"}}}\n\nevent: complete\n\n';
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => new Response(stream(body))),
    );
    const seen = await new Promise((resolve) => subscribe(operation, { first: 1 }, resolve));
    expect(seen).toEqual({ viewer: { id: '7' } });
  });

  test('that broke off is taken up after the last event that was seen', async () => {
    const bodies = ['id: 41\nevent: next\ndata: {"data":{"viewer":{"id":"7"}}}\n\n', 'event: complete\n\n'];
    const fetch = vi.fn(async () => new Response(stream(bodies.shift() as string)));
    vi.stubGlobal('fetch', fetch);
    subscribe(operation, { first: 1 }, () => undefined);
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(2), { timeout: 5000 });
    const sent = (fetch.mock.calls as unknown as [string, RequestInit][]).map(([, init]) =>
      new Headers(init.headers).get('last-event-id'),
    );
    expect(sent).toEqual([null, '41']);
  });
});
