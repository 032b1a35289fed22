import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import type { GatewayOptions, LocalSubgraph, SubgraphCall } from '../options.ts';
import { type RunningGateway, startGateway } from '../server.ts';

type Resolvers = Parameters<typeof buildSubgraphSchema>[0] extends infer T
  ? T extends readonly { resolvers?: infer R }[]
    ? R
    : never
  : never;

export interface ToyCall {
  call: SubgraphCall;
  closed: boolean;
}

/** A subgraph of a few lines for one scenario; it remembers the calls it got. */
export interface Toy extends LocalSubgraph {
  readonly calls: ToyCall[];
}

const link = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [${imports}])\n`;

const directives =
  '"@key", "@external", "@requires", "@provides", "@shareable", "@inaccessible", "@interfaceObject", "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize", "@tag", "@cacheTag", "@composeDirective"';

export function toy(name: string, sdl: string, resolvers: object): Toy {
  const text = link(directives) + sdl;
  const calls: ToyCall[] = [];
  return {
    name,
    sdl: text,
    schema: buildSubgraphSchema([{ typeDefs: parse(text), resolvers: resolvers as NonNullable<Resolvers> }]),
    calls,
    open(call) {
      const entry: ToyCall = { call, closed: false };
      calls.push(entry);
      return {
        context: entry,
        close: () => {
          entry.closed = true;
          return Promise.resolve();
        },
      };
    },
  };
}

/** A gateway over toys in memory, without limits that a scenario is not about. */
export function startToys(local: LocalSubgraph[], options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  return startGateway({
    local,
    port: 0,
    log: 'silent',
    cost: { operationLimit: null, budgets: null },
    planningTimeoutMs: 0,
    ...options,
  });
}

/** A gateway over the same toys behind HTTP. */
export async function startServed(
  toys: LocalSubgraph[],
  options: Partial<GatewayOptions> = {},
): Promise<{ gateway: RunningGateway; served: ServedToy[]; close(): Promise<void> }> {
  const served = await Promise.all(toys.map(serve));
  const services = toys.map(({ name, sdl }, i) => ({ name, url: served[i]?.url ?? '', typeDefs: parse(sdl) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  const gateway = await startToys([], { supergraph: supergraphSdl, ...options });
  return {
    gateway,
    served,
    async close() {
      await gateway.close(0);
      for (const server of served) server.close();
    },
  };
}

export interface ServedToy {
  readonly url: string;
  readonly requests: {
    headers: http.IncomingHttpHeaders;
    body: { query: string; variables?: Record<string, unknown> };
  }[];
  close(): void;
}

/** The same subgraph behind HTTP, as it would run alone. */
export async function serve(subgraph: LocalSubgraph): Promise<ServedToy> {
  const requests: ServedToy['requests'] = [];
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    requests.push({ headers: req.headers, body });
    const result = await execute({
      schema: subgraph.schema,
      document: parse(body.query),
      variableValues: body.variables,
    });
    const { reads } = subgraph.open({ caller: null, requestId: '', locale: 'en' });
    const extensions = reads && { reads: await reads() };
    res.setHeader('content-type', 'application/json').end(JSON.stringify({ ...result, extensions }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export interface PostResult {
  status: number;
  headers: Headers;
  body: any;
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<PostResult> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
