import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { JSONWebKeySet, JWTPayload } from 'jose';

import type { HasPolicy } from './authorisation/rules.ts';
import type { CacheOptions } from './cache/cache.ts';
import type { CostOptions } from './cost/budget.ts';
import type { Reads } from './execute/run.ts';
import type { signatures } from './identity/tokens.ts';
import type { PersistedMode } from './operations/manifest.ts';
import type { ResilienceOptions } from './resilience/policies.ts';

/** Who is asking, as far as the gateway needs to know: it checks scopes and charges budgets, nothing more. */
export interface Caller {
  tenantId: string;
  userId: string | null;
  clientId: string | null;
  sessionId: string | null;
  /** The words `@requiresScopes` is written in, and `@policy` as well. */
  permissions: string[];
  /** What `@policy` may ask for besides. */
  roles?: string[];
  /** The language the caller has chosen once and for all; null leaves it to each request. */
  locale: Locale | null;
  /** Cost budget of this caller's token bucket; null for the defaults. */
  budget: { size: number; refillPerSecond: number } | null;
}

export type Locale = 'de' | 'en';

export interface CookieOptions {
  httpOnly?: boolean;
  secure?: boolean;
  sameSite?: 'lax' | 'strict' | 'none';
  path?: string;
  maxAgeSeconds?: number;
}

/** What a subgraph that handles sign-in may see and do of the client's HTTP exchange. */
export interface CallHttp {
  cookies: Record<string, string>;
  setCookie(name: string, value: string, options?: CookieOptions): void;
  ip: string;
  userAgent: string;
}

export interface SubgraphCall {
  caller: Caller | null;
  requestId: string;
  locale: Locale;
  /** The languages that the request itself names, whoever asks. */
  acceptLanguage?: string | undefined;
  http?: CallHttp;
  /** Headers of the client that subgraphs are given as they are; absent where none are. */
  forwarded?: Readonly<Record<string, string>>;
  /** Of a subscription: the last event its client has seen, after which it wants to go on. */
  lastEventId?: string;
}

/** Lives as long as one call into the subgraph: one root fetch, one batch of entities, or one subscription. */
export interface SubgraphScope {
  context: unknown;
  /** What the answer was read from; asked when it is complete, before the call is closed. Null when that is not known. */
  reads?(): Promise<Reads | null>;
  close(): Promise<void>;
}

/** A subgraph that runs in this process and is executed without serialising. */
export interface LocalSubgraph {
  readonly name: string;
  /** Federation 2 SDL, for composition. */
  readonly sdl: string;
  /** Executable, with `_entities` and `_service`. */
  readonly schema: GraphQLSchema;
  open(call: SubgraphCall): SubgraphScope;
}

export interface IdentityOptions {
  /** Public keys of the access tokens; asked again when a token names an unknown key, at most every few seconds. */
  jwks(): JSONWebKeySet | Promise<JSONWebKeySet>;
  resolveApiKey?(key: string): Promise<Caller | null>;
  /** False once a session was ended: its access tokens stop working at once, not only when they expire. */
  isSessionActive?(sessionId: string): boolean | Promise<boolean>;
  /** The same caller with the rights of now, when its access token has run out on an open connection; null ends it. */
  renew?(caller: Caller): Promise<Caller | null>;
  /** Milliseconds between looks at the session of an open connection; 5,000 when not given. */
  sessionCheckMs?: number;
  /** Milliseconds for which the session of an open connection is believed while it cannot be looked at; 60,000 when not given. */
  sessionBelievedMs?: number;
  /** Milliseconds between looks at the rights of a connection whose token has run out, or has none; 60,000 when not given. */
  renewalMs?: number;
  issuer?: string;
  /** One of these must be among those that a token is meant for. */
  audience?: string | string[];
  /** Signatures that count; EdDSA alone when not given. */
  algorithms?: readonly (typeof signatures)[number][];
  /** Type that a token's header must name, `at+jwt` when not given; null takes any. */
  tokenType?: string | null;
  /** Who a token's claims stand for, where it is not one of ours; null refuses it. */
  callerOf?(claims: JWTPayload): Caller | null;
  accessCookie?: string;
  clientHeader?: string;
  /** Origins besides our own that may use cookies, such as the web app's public address. */
  allowedOrigins?: string[];
}

export interface RouteContext {
  caller: Caller | null;
  requestId: string;
  /** The language of the answer. */
  locale: Locale;
}

/** Handles a request that is none of the gateway's own routes; false when it does not know it either. */
export type ExtraRoute = (req: IncomingMessage, res: ServerResponse, context: RouteContext) => Promise<boolean>;

export interface Readiness {
  ready: boolean;
  /** State of each dependency, as shown by `/health/ready`. */
  dependencies: Record<string, string>;
}

export type ForwardCaller = (call: SubgraphCall, subgraph: string) => Record<string, string>;

export type ReceiveHeaders = (headers: IncomingHttpHeaders, call: SubgraphCall, subgraph: string) => void;

export interface PersistedOperationsOptions {
  /** Manifest of operations that everybody may name, read again when it changes. */
  file?: string;
  /**
   * Manifest of what earlier builds of the web app named: answered by id only, so that their open tabs go on, and not compiled
   * ahead.
   */
  formerFile?: string;
  /** Manifests of API clients, `<client id>.json`, each for that client alone and with a `mode` of its own if it says so. */
  folder?: string;
  /** What happens with other operations; nothing when not given. */
  mode?: PersistedMode;
}

export interface SubgraphOptions {
  /** Another address than the supergraph gives. */
  url?: string;
  /**
   * Where subscriptions go: `ws:` and `wss:` for graphql-transport-ws, `http:` and `https:` for server-sent events. Without a host it is
   * the subgraph's own: `ws:` at the same path, `ws:/path` at another.
   */
  subscriptionUrl?: string;
  /** Milliseconds it may take, where it differs from the others. */
  timeoutMs?: number;
  resilience?: Partial<ResilienceOptions>;
}

export interface ComposeOptions {
  /** Address of each subgraph, by name. */
  subgraphs: Readonly<Record<string, string>>;
  /** Milliseconds between looks; 10,000 when not given. */
  everyMs?: number;
  /** Milliseconds the start waits for all of them; 60,000 when not given. */
  startMs?: number;
}

export interface UplinkOptions {
  /** Graph API key of Apollo Studio. */
  key: string;
  /** Graph and variant, such as `my-graph@current`. */
  graphRef: string;
  /** Other addresses than Apollo's. */
  endpoints?: readonly string[];
}

export interface StudioOptions {
  /** Graph API key of Apollo Studio. */
  key: string;
  /** Graph and variant, such as `my-graph@current`. */
  graphRef: string;
  /** Another address than Apollo's. */
  endpoint?: string;
  /** Milliseconds between reports; 10,000 when not given. */
  everyMs?: number;
}

export interface GatewayOptions {
  /** In-memory subgraphs, composed at start unless a supergraph is given as well. */
  local?: LocalSubgraph[];
  /** Composed supergraph SDL; beside in-memory subgraphs what they compose to, which is not validated again. */
  supergraph?: string;
  /** File with a composed supergraph, followed as it changes; subgraph URLs are taken from it. */
  supergraphFile?: string;
  /** Running subgraphs to compose the supergraph from, followed as they change. */
  compose?: ComposeOptions;
  /** The supergraph that Apollo Studio holds, followed as it changes. */
  uplink?: UplinkOptions;
  /** What holds for one subgraph, by name; under `*` for each that does not say otherwise. */
  subgraphs?: Record<string, SubgraphOptions>;
  host?: string;
  /** 0 picks a free port. */
  port?: number;
  /**
   * Nobody is listened to before this resolves, while everything else gets ready: for a gateway that stands by for the one
   * that has the port.
   */
  listenAfter?: Promise<unknown>;
  /**
   * Milliseconds in which a gateway that stops still takes connections and answers as usual, so that load balancers see it in
   * `/health/ready` and send no more; 0 when not given.
   */
  stopNoticeMs?: number;
  identity?: IdentityOptions;
  /**
   * Addresses and networks of proxies, such as `10.0.0.0/8`, that say in `x-forwarded-for` whom they were asked by; those of this machine
   * always may.
   */
  trustedProxies?: readonly string[];
  /** Origins of other pages that may ask from a browser, without cookies; Apollo Studio's explorer when not given. */
  corsOrigins?: readonly string[];
  /** With `Authorization: Bearer <token>` other machines may read `/metrics`; without a token only this one may. */
  metricsToken?: string;
  /** Marks cookies for HTTPS only; by default when every allowed origin is HTTPS. */
  secureCookies?: boolean;
  routes?: ExtraRoute[];
  ready?(): Readiness | Promise<Readiness>;
  /** Headers that carry the caller to a subgraph over HTTP, signed by the composition root. */
  forwardCaller?: ForwardCaller;
  /** Names, in small letters, of headers that subgraphs are given as the client sent them. Callers who differ in them share no answer. */
  forwardHeaders?: readonly string[];
  /** Takes from the headers of a subgraph's answer what is meant for the client, such as cookies. */
  receiveHeaders?: ReceiveHeaders;
  /** Messages of errors that carry no code are hidden from clients. On by default where identity is configured. */
  redactErrors?: boolean;
  limits?: Partial<Limits>;
  /** Milliseconds that subscriptions of an old supergraph may go on beside the new one; 60,000 when not given. */
  supergraphFarewellMs?: number;
  /** How remote subgraphs that are slow or down are treated. */
  resilience?: Partial<ResilienceOptions>;
  cost?: CostOptions;
  /** Budgets are shared by all gateways of one Redis; each counts for itself without. */
  redisUrl?: string;
  /** Answers are kept where subgraphs tell of their changes; off when not given. */
  cache?: CacheOptions;
  /**
   * Where nothing is kept: equal reads of one caller that are under way at the same time are made once, unless something was written
   * through this gateway since the first of them began. Not where subgraphs are told more of a caller than `forwardHeaders` and who he
   * is, and not where he writes through other gateways and must read his write at once. Off when not given.
   */
  mergesReads?: boolean;
  operations?: PersistedOperationsOptions;
  /**
   * Milliseconds an operation nobody has sent before may take to be planned, on a thread of its own; 5,000 when not given.
   * 0 plans on the main thread, which a hostile operation can block.
   */
  planningTimeoutMs?: number;
  /** Decides the policies of `@policy`; by default a policy is one of the caller's permissions or roles. */
  hasPolicy?: HasPolicy;
  log?: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Milliseconds from which an operation is logged with its plan and cost; 1,000 when not given. */
  slowMs?: number;
  /** Who may see query plans; everybody where there is no identity, nobody otherwise. */
  mayExplain?(caller: Caller | null): boolean;
  /** Reports of operations to Apollo Studio; none when not given. */
  studio?: StudioOptions;
}

/** Bounds against hostile input; they hold before anything is planned. */
export interface Limits {
  bodyBytes: number;
  /** Body of a signed-in caller: bulk mutations carry many items. */
  bodyBytesSignedIn: number;
  tokens: number;
  depth: number;
  aliases: number;
  rootFields: number;
  directives: number;
  /** Entries that one page may be asked for, by a slicing argument of `@listSize`. */
  pageSize: number;
  /** Requests in one batched body. */
  batch: number;
  /** Requests under way at once, event streams included; more are refused at once with 503. */
  concurrent: number;
  /** Event streams and WebSockets that one caller may have open, and one address of those who are not signed in. */
  standing: number;
  /**
   * Bodies on their way at once, from one address and from all. They take no place among the requests under way; when one more comes,
   * the one that has been coming for longest is given up with 408.
   */
  bodiesPerAddress: number;
  bodies: number;
  /** Subscriptions on one WebSocket. */
  subscriptions: number;
  /** Milliseconds a client may take to send its request. */
  requestTimeoutMs: number;
  /** Milliseconds one call into a remote subgraph may take, to the end of its answer. */
  subgraphTimeoutMs: number;
  /** Answer of a remote subgraph to one call. */
  subgraphAnswerBytes: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 100_000,
  bodyBytesSignedIn: 4 * 1024 * 1024,
  tokens: 5_000,
  depth: 24,
  aliases: 100,
  rootFields: 50,
  directives: 50,
  pageSize: Number.POSITIVE_INFINITY,
  batch: 10,
  concurrent: 5_000,
  standing: 2_000,
  bodiesPerAddress: 500,
  bodies: 5_000,
  subscriptions: 100,
  requestTimeoutMs: 30_000,
  subgraphTimeoutMs: 15_000,
  subgraphAnswerBytes: 64 * 1024 * 1024,
};
