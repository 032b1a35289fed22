import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalSubgraph } from '../../options.ts';
import { composeLocal } from '../../plan/supergraph.ts';
import type { RunningGateway } from '../../server.ts';
import { post, type ServedToy, serve, startToys, type Toy, toy } from '../toys.ts';

const shop = (fields: string): Toy =>
  toy('shop', `type Query { ${fields} }`, { Query: { ok: () => true, more: () => 'more' } });
const names = toy('names', 'type Query { name: String }', { Query: { name: () => 'name' } });

let gateway: RunningGateway | null = null;
let folder: string;
const servers: { close(): void }[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-'));
});
afterEach(async () => {
  await gateway?.close(0);
  gateway = null;
  for (const server of servers.splice(0)) server.close();
  rmSync(folder, { recursive: true });
});

const page = async (name: string): Promise<string> =>
  (await fetch((gateway as RunningGateway).url.replace('/graphql', name))).text();
const ask = async (query: string) => (await post((gateway as RunningGateway).url, { query })).body;
const supergraphState = async (): Promise<string> => JSON.parse(await page('/health/ready')).dependencies.supergraph;

describe('from running subgraphs', () => {
  /** A served subgraph that can become another one. */
  async function changeable(first: LocalSubgraph): Promise<ServedToy & { become(next: LocalSubgraph): void }> {
    let current = first;
    const served = await serve({
      ...first,
      get schema() {
        return current.schema;
      },
    });
    servers.push(served);
    return {
      ...served,
      become(next) {
        current = next;
      },
    };
  }

  async function start() {
    const [one, two] = await Promise.all([changeable(shop('ok: Boolean')), changeable(names)]);
    gateway = await startToys([], {
      compose: { subgraphs: { shop: one.url, names: two.url }, everyMs: 50, startMs: 0 },
    });
    return { one, two };
  }

  test('the graph is what they say, and follows when one of them says more', async () => {
    const { one } = await start();
    expect((await ask('{ ok name }')).data).toEqual({ ok: true, name: 'name' });
    expect((await ask('{ more }')).errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    one.become(shop('ok: Boolean more: String'));
    await expect.poll(async () => (await ask('{ more }')).data, { timeout: 15_000 }).toEqual({ more: 'more' });
  }, 30_000);

  test('what does not compose is refused and shown; the old graph stays until the fault is gone', async () => {
    const { one } = await start();
    one.become(shop('ok: Boolean name: Int'));
    await expect.poll(supergraphState, { timeout: 15_000 }).toContain('do not compose');
    expect(await page('/metrics')).toContain('gateway_supergraph_refused 1');
    expect((await fetch((gateway as RunningGateway).url.replace('/graphql', '/health/ready'))).status).toBe(200);
    expect((await ask('{ ok name }')).data).toEqual({ ok: true, name: 'name' });
    one.become(shop('ok: Boolean more: String'));
    await expect.poll(supergraphState, { timeout: 15_000 }).toBe('current');
    expect(await page('/metrics')).toContain('gateway_supergraph_refused 0');
    expect((await ask('{ more }')).data).toEqual({ more: 'more' });
  }, 30_000);

  test('one that is away changes nothing but the state', async () => {
    const { two } = await start();
    two.close();
    await expect.poll(supergraphState, { timeout: 15_000 }).toContain('names does not answer');
    expect((await ask('{ ok name }')).data).toEqual({ ok: true, name: null });
  }, 30_000);

  test('a gateway without its subgraphs does not start', async () => {
    const compose = { subgraphs: { shop: 'http://127.0.0.1:9/' }, startMs: 0 };
    await expect(startToys([], { compose })).rejects.toThrow('The subgraph shop does not answer.');
  });

  test('a gateway that its subgraphs do not know says so', async () => {
    const stranger = http.createServer((_request, response) =>
      response.writeHead(401).end('{"errors":[{"message":"Who?"}]}'),
    );
    const port = await new Promise<number>((resolve) => {
      stranger.listen(0, '127.0.0.1', () => resolve((stranger.address() as AddressInfo).port));
    });
    const compose = { subgraphs: { shop: `http://127.0.0.1:${port}/` }, startMs: 0 };
    await expect(startToys([], { compose })).rejects.toThrow(
      'The subgraph shop refuses this gateway: the secret of both must be the same.',
    );
    stranger.close();
  });
});

describe("from Studio's uplink", () => {
  /** An uplink of one supergraph, as Apollo's client asks for it. */
  async function uplink(sdl: string) {
    const state = { sdl, id: 1, fails: false, asked: [] as Record<string, unknown>[] };
    const server = http.createServer(async (req, res) => {
      let text = '';
      for await (const chunk of req) text += chunk;
      const { variables } = JSON.parse(text);
      state.asked.push(variables);
      const routerConfig = state.fails
        ? { __typename: 'FetchError', code: 'ACCESS_DENIED', message: 'no' }
        : variables.ifAfterId === String(state.id)
          ? { __typename: 'Unchanged' }
          : { __typename: 'RouterConfigResult', id: String(state.id), supergraphSdl: state.sdl, minDelaySeconds: 0.1 };
      res.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { routerConfig } }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return { state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
  }

  test('the graph is what Studio holds for the key and the variant, and follows', async () => {
    const { state, url } = await uplink(composeLocal([shop('ok: Boolean')]));
    gateway = await startToys([shop('ok: Boolean more: String')], {
      uplink: { key: 'service:toys:secret', graphRef: 'toys@current', endpoints: [url] },
    });
    expect((await ask('{ ok }')).data).toEqual({ ok: true });
    expect(state.asked[0]).toMatchObject({ apiKey: 'service:toys:secret', ref: 'toys@current' });
    state.sdl = composeLocal([shop('ok: Boolean more: String')]);
    state.id++;
    await expect.poll(async () => (await ask('{ more }')).data, { timeout: 15_000 }).toEqual({ more: 'more' });
    state.sdl = 'nonsense';
    state.id++;
    await expect.poll(supergraphState, { timeout: 15_000 }).toContain('refused');
    expect((await ask('{ more }')).data).toEqual({ more: 'more' });
  }, 40_000);
});

describe('a new supergraph', () => {
  test('is warm when it goes live: known operations need no planning', async () => {
    const file = path.join(folder, 'supergraph.graphql');
    const operations = path.join(folder, 'operations.json');
    writeFileSync(operations, JSON.stringify({ known: '{ ok }' }));
    writeFileSync(file, composeLocal([shop('ok: Boolean')]));
    // Nothing can be planned in a millisecond on another thread, so what is answered was planned before.
    gateway = await startToys([shop('ok: Boolean more: String')], {
      supergraphFile: file,
      operations: { file: operations },
      planningTimeoutMs: 1,
    });
    const known = async () => (await post((gateway as RunningGateway).url, { id: 'known' })).body.data;
    await expect.poll(known).toEqual({ ok: true });
    writeFileSync(file, composeLocal([shop('ok: Boolean more: String')]));
    const fields = async () =>
      (await fetch((gateway as RunningGateway).url.replace('/graphql', '/schema.graphql'))).text();
    await expect.poll(fields, { timeout: 15_000, interval: 20 }).toContain('more');
    expect(await known()).toEqual({ ok: true });
  }, 30_000);

  test.each([
    ['on another thread', 30_000],
    ['on the same thread', 0],
  ])(
    'is warm as well for what nobody registered and is asked for again and again, planned %s',
    async (_, planningTimeoutMs) => {
      const file = path.join(folder, 'supergraph.graphql');
      writeFileSync(file, composeLocal([shop('ok: Boolean')]));
      gateway = await startToys([shop('ok: Boolean more: String')], { supergraphFile: file, planningTimeoutMs });
      const one = { query: '{ ok }' };
      const named = { query: 'query A { ok } query B { b: ok }', operationName: 'B' };
      for (const body of [one, named, one, named]) await post(gateway.url, body);
      await ask('{ asked: ok once: ok }');
      writeFileSync(file, composeLocal([shop('ok: Boolean more: String')]));
      await expect.poll(() => page('/schema.graphql'), { timeout: 30_000, interval: 20 }).toContain('more');
      const missed = async () => /cache="document",result="miss"} (\d+)/.exec(await page('/metrics'))?.[1];
      const before = await missed();
      expect((await post(gateway.url, one)).body.data).toEqual({ ok: true });
      expect((await post(gateway.url, named)).body.data).toEqual({ b: true });
      expect(await missed()).toBe(before);
      await ask('{ asked: ok once: ok }');
      expect(Number(await missed())).toBe(Number(before) + 1);
    },
    40_000,
  );

  test('lets subscriptions of the old one go on for a while, then asks them to begin anew', async () => {
    const ticking = (fields: string): Toy =>
      toy('shop', `type Query { ${fields} } type Subscription { tick: Int }`, {
        Subscription: {
          tick: {
            subscribe: async function* () {
              for (let tick = 1; ; tick++) {
                yield { tick };
                await new Promise((resolve) => setTimeout(resolve, 20));
              }
            },
          },
        },
      });
    const file = path.join(folder, 'supergraph.graphql');
    writeFileSync(file, composeLocal([ticking('ok: Boolean')]));
    gateway = await startToys([ticking('ok: Boolean')], { supergraphFile: file, supergraphFarewellMs: 500 });
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { tick }' }),
    });
    writeFileSync(file, composeLocal([ticking('ok: Boolean more: Int')]));
    const text = await response.text();
    expect(text).toContain('"tick":1');
    expect(text).toContain('SUPERGRAPH_CHANGED');
    expect(text.trimEnd()).toMatch(/event: complete(\ndata:)?$/);
  }, 30_000);
});
