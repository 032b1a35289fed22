import { randomUUID } from 'node:crypto';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  Kind,
  parse,
  validate,
} from 'graphql';
import pg from 'pg';
import { afterAll } from 'vitest';
import type { Caller } from '../caller.ts';
import type { HttpExchange, SubgraphCall } from '../context.ts';
import { newId } from '../ids.ts';
import { PERMISSIONS, type Permission } from '../permissions.ts';
import { picked } from '../picked.ts';
import { type ChangeEvent, LocalFanOut, type PubSub } from '../pubsub.ts';
import type { Services } from '../services.ts';
import { type LocalSubgraph, openSubgraph, type SubgraphDefinition } from '../subgraph.ts';
import { Database } from '../tenant-db.ts';
import { testDatabase } from './database.ts';

/** What a GraphQL operation answered, as its client sees it. */
export type Data = Record<string, any>;

export interface Answer {
  readonly data: Data | null;
  readonly errors: readonly { readonly message: string; readonly code: string; readonly path: string }[];
}

/** Subgraphs on a database of their own, and two companies that must never see each other. */
export interface TwoTenants {
  /** Signed-in users of two companies, each with every permission. */
  readonly one: Caller;
  readonly two: Caller;
  readonly services: Services;
  readonly pubsub: PubSub & { dispatch(event: ChangeEvent): void };
  readonly subgraphs: readonly LocalSubgraph[];
  /** Asks the subgraph that has the first field; null is a stranger. Fails the test when the answer has errors. */
  ask(caller: Caller | null, query: string, variables?: object, call?: Partial<SubgraphCall>): Promise<Data>;
  /** The same, with the errors as part of the answer. */
  answer(caller: Caller | null, query: string, variables?: object, call?: Partial<SubgraphCall>): Promise<Answer>;
  /** Runs a mutation of one `input` and answers its payload; the first company's user asks unless another is given. */
  mutate(name: string, input: object, selection: string, caller?: Caller): Promise<Data>;
  /** Starts a subscription; every event is executed in a call of its own, as the gateway does. */
  subscribe(caller: Caller, query: string, variables?: object): Promise<AsyncIterableIterator<Answer>>;
  /** Puts state in place that a domain which is not opened here would publish, for example a partner's name. */
  publish(caller: Caller, type: string, id: string, state: object): Promise<void>;
  /** How many statements the work sends to the database, opening and closing of transactions included. */
  statements(work: () => Promise<unknown>): Promise<number>;
  /**
   * SQL as the owner of the database, whom row-level security does not bind: for looking behind the curtain. Changes of
   * listed or audited tables need the company that they are made in.
   */
  sql<Row extends object>(text: string, values?: readonly unknown[], company?: Caller): Promise<Row[]>;
}

/** A company's user with every permission, or with those given. */
export function testCaller(given: Partial<Caller> = {}): Caller {
  return {
    tenantId: newId(),
    userId: newId(),
    clientId: null,
    sessionId: null,
    permissions: PERMISSIONS,
    locale: 'en',
    budget: null,
    ...given,
  };
}

/** The same user with other rights. */
export const withPermissions = (caller: Caller, ...permissions: Permission[]): Caller => ({ ...caller, permissions });

/** Opens subgraphs on a clone of the migrated database; closed when the calling test file is done. */
export async function twoTenants(...definitions: readonly SubgraphDefinition[]): Promise<TwoTenants> {
  const { url, ownerUrl } = await testDatabase();
  const database = new Database({ url });
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  afterAll(() => Promise.all([database.close(), owner.end()]));

  const pubsub = localPubSub();
  const installation = { secret: 'secret of the tests', publicUrl: 'http://localhost:3000' };
  const services: Services = { database, pubsub, installation, committed: () => {} };
  const subgraphs = definitions.map((definition) => openSubgraph(definition, services));
  const callOf = (caller: Caller | null, given: Partial<SubgraphCall> = {}): SubgraphCall => ({
    caller,
    requestId: randomUUID(),
    locale: caller?.locale ?? 'en',
    ...given,
  });

  /** One execution in one call, closed whatever happens. */
  const run = async (
    subgraph: LocalSubgraph,
    call: SubgraphCall,
    document: DocumentNode,
    variables: object,
    rootValue?: unknown,
  ): Promise<Answer> => {
    const { context: contextValue, close } = subgraph.open(call);
    try {
      const variableValues = { ...variables };
      return answerOf(await execute({ schema: subgraph.schema, document, contextValue, variableValues, rootValue }));
    } finally {
      await close();
    }
  };

  const answer: TwoTenants['answer'] = (caller, query, variables = {}, call) => {
    const document = parse(query);
    return run(answering(subgraphs, document), callOf(caller, call), document, variables);
  };

  const ask: TwoTenants['ask'] = async (caller, query, variables, call) => {
    const { data, errors } = await answer(caller, query, variables, call);
    if (errors.length > 0 || !data) throw new Error(`The answer has errors: ${JSON.stringify(errors)}`);
    return data;
  };
  const one = testCaller();

  return {
    one,
    two: testCaller(),
    services,
    pubsub,
    subgraphs,
    answer,
    ask,
    async mutate(name, input, selection, caller = one) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`;
      return (await ask(caller, query, { input }))[name];
    },
    async subscribe(caller, query, variables = {}) {
      const document = parse(query);
      const subgraph = answering(subgraphs, document);
      const contextValue = subgraph.open(callOf(caller)).context;
      const variableValues = { ...variables };
      const source = await createSourceEventStream({ schema: subgraph.schema, document, contextValue, variableValues });
      if (!(Symbol.asyncIterator in source)) throw new Error(JSON.stringify(source.errors));
      return picked(source as AsyncIterableIterator<unknown>, (event) =>
        run(subgraph, callOf(caller), document, variables, event),
      );
    },
    async statements(work) {
      let count = 0;
      const watched = new Set<pg.PoolClient>();
      const watch = (client: pg.PoolClient) => {
        if (watched.has(client)) return;
        watched.add(client);
        const query = client.query.bind(client) as (...args: unknown[]) => unknown;
        Object.assign(client, {
          query: (...args: unknown[]) => {
            count++;
            return query(...args);
          },
        });
      };
      database.pool.on('acquire', watch);
      try {
        await work();
      } finally {
        database.pool.off('acquire', watch);
        for (const client of watched) Reflect.deleteProperty(client, 'query');
      }
      return count;
    },
    async publish(caller, type, id, state) {
      await owner.query(
        `INSERT INTO kit.published (tenant_id, type, id, data) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, type, id) DO UPDATE SET data = excluded.data`,
        [caller.tenantId, type, id, state],
      );
    },
    async sql<Row extends object>(text: string, values: readonly unknown[] = [], company?: Caller) {
      const client = await owner.connect();
      try {
        await client.query(`SELECT set_config('app.tenant_id', $1, false)`, [company?.tenantId ?? '']);
        return (await client.query<Row>(text, [...values])).rows;
      } finally {
        client.release();
      }
    },
  };
}

/** An HTTP exchange that keeps what was set, for mutations that set cookies. */
export function testHttp(
  cookies: Record<string, string> = {},
  ip = '203.0.113.1',
): HttpExchange & { readonly jar: Map<string, string> } {
  const jar = new Map<string, string>();
  return { cookies, ip, userAgent: 'vitest', jar, setCookie: (name, value) => void jar.set(name, value) };
}

/** The subgraph whose schema has the first field of the operation. */
function answering(subgraphs: readonly LocalSubgraph[], document: DocumentNode): LocalSubgraph {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const field = operation?.selectionSet.selections.find((selection) => selection.kind === Kind.FIELD);
  if (!operation || !field) throw new Error('The query has no field');
  const subgraph = subgraphs.find(
    ({ schema }) => schema.getRootType(operation.operation)?.getFields()[field.name.value],
  );
  if (!subgraph) throw new Error(`No subgraph of this test has the field ${field.name.value}`);
  const [fault] = validate(subgraph.schema, document);
  if (fault) throw fault;
  return subgraph;
}

function answerOf(result: ExecutionResult): Answer {
  return {
    // Executed data has objects without a prototype, which toEqual tells apart from literals.
    data: (JSON.parse(JSON.stringify(result.data ?? null)) as Data | null) ?? null,
    errors: (result.errors ?? []).map(({ message, extensions, path, originalError }) => ({
      message: originalError && !extensions.code ? (originalError.stack ?? message) : message,
      code: String(extensions.code ?? 'INTERNAL'),
      path: path?.join('.') ?? '',
    })),
  };
}

function localPubSub(): TwoTenants['pubsub'] {
  const fanOut = new LocalFanOut();
  return {
    dispatch: (event) => fanOut.dispatch(event),
    publish: async (events) => events.forEach((event) => fanOut.dispatch(event)),
    subscribe: (tenantId, type) => fanOut.subscribe(tenantId, type),
    listen: (listener, connected) => fanOut.listen(listener, connected),
    close: async () => {},
  };
}
