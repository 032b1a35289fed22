import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { parse } from 'graphql';
import type { Consumer } from './consumer.ts';
import { Ctx, type SubgraphCall } from './context.ts';
import { changesOf } from './continued.ts';
import { standardError } from './errors.ts';
import { isId } from './ids.ts';
import { type List, ownersOf } from './list.ts';
import { type GroupsArguments, groupsPage } from './list-groups.ts';
import { type ListArguments, listPage, loadNode, nodeMatching, ownedPage } from './list-page.ts';
import { enumFilterSdl, listSdl } from './list-sdl.ts';
import type { Mutation } from './mutation.ts';
import { mutationSdl } from './mutation-sdl.ts';
import { picked } from './picked.ts';
import type { Reads } from './reads.ts';
import { scalarResolvers } from './scalars.ts';
import type { Services } from './services.ts';
import type { Task } from './task.ts';
import type { Texts } from './texts.ts';

type AnyResolver = any;
export type ResolverMap = Readonly<Record<string, AnyResolver>>;
export type AnyMutation = Mutation<any, any, string>;

export interface SubgraphDefinition {
  /** Domain: the PostgreSQL schema of this name and the role `valeo_<name>`. */
  readonly name: string;
  /** `import.meta.dirname`: all *.graphql below are its SDL, `migrations/` its migrations. */
  readonly folder: string;
  readonly lists: readonly List[];
  readonly mutations: readonly AnyMutation[];
  readonly resolvers: readonly ResolverMap[];
  /** Sentences of the domain's error codes. */
  readonly texts: Texts;
  /** Tables that are never changed or deleted from: enforced by grants and triggers. */
  readonly appendOnly?: readonly string[];
  /** Tables computed from others: changes to them are not audited. */
  readonly derived?: readonly string[];
  /** Tables without a company, readable by this domain only (users, sessions). */
  readonly global?: readonly string[];
  /** What it does when other domains' records change. */
  readonly consumers?: readonly Consumer[];
  /** Its background tasks. */
  readonly tasks?: readonly Task[];
}

export const defineSubgraph = (definition: SubgraphDefinition): SubgraphDefinition => definition;

/** What a gateway needs of a subgraph that runs in its own process. */
export interface LocalSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  /** Opens a call. `close` ends its transaction and must be called; for a subscription, open one call per event. */
  open(call: SubgraphCall): SubgraphScope;
}

export interface SubgraphScope {
  readonly context: Ctx;
  /** What the answer was read from. To be asked when it is complete. */
  reads(): Promise<Reads | null>;
  close(): Promise<void>;
}

const HEADER = `
extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: [
      "@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag"
      "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize", "@composeDirective"
    ]
  )
  @link(url: "https://valeo.example/specs/cacheControl/v1.0", import: ["@cacheControl"])
  @composeDirective(name: "@cacheControl")
`;

/** The whole SDL of a subgraph: what kit shares, what is written in its folder, what follows from lists and mutations. */
export function sdlOf(definition: SubgraphDefinition): string {
  const base = readFileSync(join(import.meta.dirname, 'sdl', 'base.graphql'), 'utf8');
  return [
    HEADER,
    base,
    ...graphqlFiles(definition.folder).map((file) => readFileSync(file, 'utf8')),
    enumFilterSdl(definition.lists),
    ...definition.lists.filter((list) => !list.unlisted).map(listSdl),
    ...definition.mutations.map((mutation) => mutationSdl(mutation, definition.texts)),
  ].join('\n');
}

function graphqlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== '_generated')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? graphqlFiles(path) : entry.name.endsWith('.graphql') ? [path] : [];
    });
}

export function openSubgraph(definition: SubgraphDefinition, services: Services): LocalSubgraph {
  const sdl = sdlOf(definition);
  const resolvers = mergeResolvers([
    scalarResolvers,
    ...definition.lists.map((list) => listResolvers(definition, list)),
    mutationResolvers(definition),
    ...definition.resolvers,
  ]);
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as AnyResolver }]);
  return {
    name: definition.name,
    sdl,
    schema,
    open(call) {
      const context = new Ctx(definition.name, call, services);
      return { context, reads: () => context.reads(), close: () => context.end() };
    },
  };
}

type Field<Args> = GraphQLFieldResolver<unknown, Ctx, Args>;

function listResolvers(definition: SubgraphDefinition, list: List): ResolverMap {
  const event = `${definition.name}.${list.type}`;
  if (list.unlisted) return { [list.type]: entityResolver(list) };
  const page: Field<ListArguments> = (_, args, ctx) => listPage(ctx, list, args);
  const node: Field<{ id: string }> = async (_, { id }, ctx) => {
    ctx.require(list.permission);
    return (await loadNode(ctx, list, id)) ?? null;
  };
  const groups: Field<GroupsArguments> = (_, args, ctx) => groupsPage(ctx, list, args);
  const owners = ownersOf(list).map((owner) => [
    owner.type,
    {
      [list.plural]: (parent: { id: string }, args: ListArguments, ctx: Ctx) =>
        ownedPage(ctx, list, owner, parent.id, args),
    },
  ]);
  return {
    Query: {
      [list.plural]: page,
      [list.field]: node,
      ...(list.groupings.length > 0 && { [`${list.field}Groups`]: groups }),
    },
    Subscription: {
      [`${list.field}Changed`]: entryChanges(definition.name, list),
      [`${list.plural}Changed`]: subscription<Pick<ListArguments, 'filter'>>(list, event, () => true),
    },
    [list.type]: entityResolver(list),
    ...Object.fromEntries(owners),
  };
}

/** Subscription to one entry of a list by its id. */
export const entryChanges = (domain: string, list: List) =>
  subscription<{ id: string }>(
    list,
    `${domain}.${list.type}`,
    (change, args) => change.entityId === args.id.toLowerCase(),
  );

const entityResolver = (list: List) => ({
  __resolveReference: async ({ id }: { id: string }, ctx: Ctx) => {
    ctx.require(list.permission);
    return (await loadNode(ctx, list, id)) ?? null;
  },
});

interface Change {
  readonly entityId: string | null;
}

/**
 * The source yields ids; the entry is loaded when the event is executed, in a call of its own, so that it is seen with the
 * reader's own rights and no transaction stays open between events.
 */
function subscription<Args extends object>(
  list: List,
  event: string,
  concerns: (change: Change, args: Args) => boolean,
) {
  return {
    subscribe(_: unknown, args: Args, ctx: Ctx) {
      ctx.require(list.permission);
      if ('id' in args && !isId(args.id)) throw standardError('NOT_FOUND', ctx.locale);
      return picked(changesOf(ctx, event), (change) =>
        change.entityId === null || concerns(change, args)
          ? { change, filter: 'filter' in args ? args.filter : undefined, eventId: change.id, gap: change.id === '' }
          : undefined,
      );
    },
    resolve: async (source: { change: Change; filter: ListArguments['filter'] }, _: Args, ctx: Ctx) =>
      source.change.entityId === null
        ? null
        : ((await nodeMatching(ctx, list, source.change.entityId, source.filter)) ?? null),
  };
}

function mutationResolvers(definition: SubgraphDefinition): ResolverMap {
  if (definition.mutations.length === 0) return {};
  const fields = definition.mutations.map((mutation) => [
    mutation.name,
    (_: unknown, { input }: { input: unknown }, ctx: Ctx) => mutation.resolve(ctx, input, definition.texts),
  ]);
  return { Mutation: Object.fromEntries(fields) };
}

function mergeResolvers(maps: readonly ResolverMap[]): ResolverMap {
  const merged: Record<string, AnyResolver> = {};
  for (const map of maps) {
    for (const [type, fields] of Object.entries(map)) {
      const isMap = fields !== null && typeof fields === 'object' && Object.getPrototypeOf(fields) === Object.prototype;
      merged[type] = isMap ? { ...merged[type], ...fields } : fields;
    }
  }
  return merged;
}
