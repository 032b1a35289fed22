import DataLoader from 'dataloader';
import type { Caller, Locale } from './caller.ts';
import { standardError } from './errors.ts';
import type { Permission } from './permissions.ts';
import { ReadLog, type Reads } from './reads.ts';
import type { Services } from './services.ts';
import type { Session, Tx } from './tenant-db.ts';

/** Cookies and origin of the client's request; present only where the gateway runs in the same process or passes them on. */
export interface HttpExchange {
  readonly cookies: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly userAgent: string;
  setCookie(name: string, value: string, options: CookieOptions): void;
}

export interface CookieOptions {
  readonly maxAgeSeconds: number;
  /** Only over https. */
  readonly secure?: boolean;
  readonly path?: string;
}

/** One call into a subgraph: a root fetch or a batch of entities. */
export interface SubgraphCall {
  readonly caller: Caller | null;
  readonly requestId: string;
  readonly locale: Locale;
  readonly http?: HttpExchange;
  /** Of a subscription: the last event its client has seen, after which it wants to go on. */
  readonly lastEventId?: string;
  /** Runs first in every transaction that writes; throws when the call may not write any more. */
  readonly guard?: (tx: Tx) => Promise<void>;
}

/** What of a caller is the same for all who may see the same. */
const SHARED: ReadonlySet<string | symbol> = new Set(['tenantId', 'permissions', 'locale'] satisfies (keyof Caller)[]);

/** What a resolver sees. Lives for one call; its reads share one short transaction that opens on first use. */
export class Ctx {
  readonly domain: string;
  readonly #call: SubgraphCall;
  readonly #services: Services;
  readonly #log: ReadLog;
  #caller: Caller | undefined;
  #reading: Promise<Tx> | undefined;
  #isOver = false;
  readonly #loaders = new Map<string, DataLoader<unknown, unknown>>();

  constructor(domain: string, call: SubgraphCall, services: Services) {
    this.domain = domain;
    this.#call = call;
    this.#services = services;
    this.#log = new ReadLog(domain);
  }

  /** The call with all that is known of its client: an answer that looks at it is this reader's own. */
  get call(): SubgraphCall {
    this.#log.reader();
    return this.#call;
  }

  /** What the process has. Who reaches for it may read anything, so such an answer is not kept. */
  get services(): Services {
    this.#log.unknown();
    return this.#services;
  }

  /** Whether its transactions are its own to guard. */
  get isGuarded(): boolean {
    return this.#call.guard !== undefined;
  }

  get locale(): Locale {
    return this.#call.locale;
  }

  /** The caller; throws UNAUTHENTICATED for strangers. An answer that looks at who it is, is this reader's own. */
  get caller(): Caller {
    const { caller } = this.#call;
    if (!caller) throw standardError('UNAUTHENTICATED', this.locale);
    this.#caller ??= new Proxy(caller, {
      get: (target, key) => {
        if (!SHARED.has(key)) this.#log.reader();
        return Reflect.get(target, key);
      },
    });
    return this.#caller;
  }

  can(permission: Permission): boolean {
    return this.caller.permissions.includes(permission);
  }

  /** Throws FORBIDDEN unless the caller has the permission. */
  require(permission: Permission): void {
    if (!this.can(permission)) throw standardError('FORBIDDEN', this.locale, { permission });
  }

  /** The read transaction of this call. An answer that failed early leaves resolvers under way; what they would open, nobody would close. */
  async read(): Promise<Tx> {
    if (this.#isOver) throw new Error('The call is over');
    this.#reading ??= this.#services.database.read(this.session(), this.#log);
    return this.#reading;
  }

  /** A write transaction of its own. What was read before is read again afterwards. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#log.unknown();
    await this.close();
    const { guard } = this.#call;
    const guarded = async (tx: Tx): Promise<T> => {
      await guard?.(tx);
      return work(tx);
    };
    const value = await this.services.database.transaction(this.session(), guarded);
    this.services.committed();
    return value;
  }

  /**
   * A loader of this call: keyed, never positional, so a missing row is `undefined` and cannot shift its neighbours.
   * `load` answers a map by key; `keyOf` makes composite keys comparable.
   */
  loader<Key, Value>(
    name: string,
    load: (keys: readonly Key[]) => Promise<ReadonlyMap<unknown, Value>>,
    keyOf: (key: Key) => unknown = (key) => key,
  ): DataLoader<Key, Value | undefined> {
    let loader = this.#loaders.get(name) as DataLoader<Key, Value | undefined> | undefined;
    if (!loader) {
      loader = new DataLoader<Key, Value | undefined, unknown>(
        async (keys) => {
          const found = await load(keys);
          return keys.map((key) => found.get(keyOf(key)));
        },
        { cacheKeyFn: keyOf, maxBatchSize: 1000 },
      ) as unknown as DataLoader<Key, Value | undefined>;
      this.#loaders.set(name, loader as DataLoader<unknown, unknown>);
    }
    return loader;
  }

  /** What the answer was read from so far; null when nobody can be told of changes in it. */
  async reads(): Promise<Reads | null> {
    return this.#log.result(await this.#services.database.catalog());
  }

  /** Ends the read transaction and forgets what was loaded. Safe to call twice. */
  async close(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    this.#loaders.clear();
    if (reading) await (await reading).close();
  }

  /** Ends the call for good. */
  end(): Promise<void> {
    this.#isOver = true;
    return this.close();
  }

  session(): Session {
    return {
      domain: this.domain,
      tenantId: this.#call.caller?.tenantId ?? null,
      userId: this.#call.caller?.userId ?? null,
      requestId: this.#call.requestId,
      permissions: this.#call.caller?.permissions,
    };
  }
}
