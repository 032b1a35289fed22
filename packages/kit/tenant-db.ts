import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { arrayLiteral } from './array-literal.ts';
import { answerMs, isUnanswered, STATEMENT_MS, watchedConnection } from './connection.ts';
import { openTransaction } from './open-transaction.ts';
import type { Permission } from './permissions.ts';
import { type Catalog, type ReadLog, readCatalog } from './reads.ts';
import { hasReplayed, isOfReplica, type LogPosition, Replicas } from './replicas.ts';
import { sqlStateOf } from './sql-state.ts';
import { traceStatements } from './trace.ts';

/** Everything PostgreSQL must know about a call: row-level security and the audit triggers read it. */
export interface Session {
  /** Domain whose role the transaction runs in: `sales` means `valeo_sales`. */
  readonly domain: string;
  /** Null only before a company is known (sign-in): then tenant tables show no rows. */
  readonly tenantId: string | null;
  readonly userId: string | null;
  readonly requestId: string;
  /** What the caller may do, for rules that leave some callers more room than others. */
  readonly permissions?: readonly Permission[];
}

export interface DatabaseOptions {
  readonly url: string;
  /** Read replicas, as the same user. */
  readonly replicaUrls?: readonly string[];
  readonly maxConnections?: number;
  readonly applicationName?: string;
  /**
   * `force_custom_plan` for processes that fill tables: a plan kept from when a table was small costs minutes once it has
   * grown a thousandfold. Planning anew costs a fraction of a millisecond per statement.
   */
  readonly planning?: 'auto' | 'force_custom_plan';
  /** A transaction that does nothing for so long is ended with what it has locked: its process has stopped, or is out of reach. */
  readonly idleMaxMs?: number;
  /** What a statement may take. */
  readonly statementMs?: number;
}

/** Rolled back because a use case answered with a failure; carries the answer out of the transaction. */
class Rollback<T> {
  readonly value: T;
  constructor(value: T) {
    this.value = value;
  }
}

const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 4;
const IDLE_MS = 60_000;
const PATIENCE_MS = 2_000;

/** The one pool of a process, and one for each replica, connected as `valeo_app`, which owns nothing and may do nothing by itself. */
export class Database {
  readonly pool: pg.Pool;
  readonly #replicas: Replicas | undefined;
  #catalog: Promise<Catalog> | undefined;

  constructor(options: DatabaseOptions) {
    this.pool = poolOf(options.url, options);
    const { replicaUrls = [] } = options;
    if (replicaUrls.length > 0) {
      const pools = replicaUrls.map((url) => ({ name: new URL(url).host, pool: poolOf(url, options) }));
      this.#replicas = new Replicas(this.pool, pools);
    }
  }

  /**
   * Runs `work` in one transaction that sees one company and has the rights of one domain. Repeats it when PostgreSQL
   * ends it for a deadlock or serialisation conflict, so `work` must not have effects outside the transaction.
   */
  async transaction<T>(session: Session, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        const tx = await Tx.begin(this.pool, session, 'READ WRITE');
        return await tx.run(work);
      } catch (error) {
        if (error instanceof Rollback) return error.value as T;
        if (attempt === ATTEMPTS || !RETRYABLE.has(sqlStateOf(error) ?? '')) throw error;
      }
    }
  }

  /**
   * Opens a read-only transaction, at a replica where one is as far as the database; the caller ends it with `close`. What it reads is
   * written down in the log.
   */
  async read(session: Session, log?: ReadLog): Promise<Tx> {
    const replicated = await this.#replicas?.open((replica, position) =>
      Tx.beginFrom(position, replica, this.pool, session, log),
    );
    return replicated ?? Tx.begin(this.pool, session, 'READ ONLY', log);
  }

  /** Which changes the database tells of; as it was when first asked, for this process's code fits that state. */
  catalog(): Promise<Catalog> {
    this.#catalog ??= readCatalog(this.pool).catch((error) => {
      this.#catalog = undefined;
      throw error;
    });
    return this.#catalog;
  }

  /** Whether the database answers, within a time in which a probe still waits for us. */
  async answers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PATIENCE_MS);
    });
    const asked = this.pool.query('SELECT 1').then(
      () => true,
      () => false,
    );
    const answers = await Promise.race([asked, late]);
    clearTimeout(timer);
    return answers;
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.#replicas?.close()]);
  }
}

function poolOf(url: string, options: DatabaseOptions): pg.Pool {
  const { statementMs = STATEMENT_MS, idleMaxMs = IDLE_MS } = options;
  const pool = new pg.Pool({
    ...watchedConnection,
    connectionString: url,
    query_timeout: answerMs(statementMs),
    max: options.maxConnections ?? 20,
    application_name: options.applicationName ?? 'valeo',
    options: `-c timezone=UTC -c statement_timeout=${statementMs} -c plan_cache_mode=${options.planning ?? 'auto'} -c idle_in_transaction_session_timeout=${idleMaxMs}`,
    // Plans and settings of a connection do not outlive this.
    maxLifetimeSeconds: 600,
  });
  // A connection that breaks, idle or in use, is replaced by the pool and its query fails; without listeners it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    traceStatements(client);
  });
  return pool;
}

/** `db` is the query builder, `query` takes plain SQL with `$1` parameters. */
export type Statements = Pick<Tx, 'db' | 'query'>;

type Note = (text: string) => void;

/** Where the rows of lists are counted: in all, in blocks, and what is still to be added to these. */
const COUNTED: ReadonlySet<string> = new Set(['kit.list_count', 'kit.list_block', 'kit.list_change']);

/** An open transaction. `db` is the query builder, `query` takes plain SQL; both run in the same transaction. */
export class Tx {
  session: Session;
  readonly db: NodePgDatabase;
  #client: pg.PoolClient;
  readonly #log: ReadLog | undefined;
  /** Where it goes on when its replica fails. */
  #database: pg.Pool | undefined;
  #role: string;
  #queue: Promise<unknown> = Promise.resolve();
  #open = true;
  #answerMs: number | undefined;
  /** The last statement that PostgreSQL refused. */
  #refused: unknown;
  /** Why the connection is of no use any more. */
  #lost: Error | null = null;

  private constructor(client: pg.PoolClient, session: Session, log: ReadLog | undefined) {
    this.session = session;
    this.#client = client;
    this.#log = log;
    this.#role = session.domain;
    this.db = this.#builder((text) => log?.statement(text));
  }

  #builder(note: Note): NodePgDatabase {
    // Loaders of one call ask at the same time; the protocol wants one query after the other.
    const query = (...args: [string | { text: string }, ...unknown[]]) => {
      const [statement] = args;
      note(typeof statement === 'string' ? statement : statement.text);
      return this.#serially(() => (this.#client.query as (...a: unknown[]) => Promise<unknown>)(...args));
    };
    return drizzle({ client: { query } as unknown as pg.PoolClient });
  }

  /**
   * For a statement that reads nothing but the records of one type with these ids. Whoever keeps the answer then waits for changes of
   * these records alone.
   */
  recordsOf(type: string, ids: readonly string[]): Statements {
    this.#log?.records(type, ids);
    return this.#noting(() => {});
  }

  /** For statements that read what is counted of a list, which changes with its records. */
  countersOf(type: string): Statements {
    this.#log?.type(type);
    return this.#noting((text) => this.#log?.statement(text, COUNTED));
  }

  #noting(note: Note): Statements {
    const builder = () => this.#builder(note);
    return {
      get db() {
        return builder();
      },
      query: (text, values, name) => this.#query(note, text, values, name),
    };
  }

  /** Opens a transaction, in one round trip. */
  static async begin(pool: pg.Pool, session: Session, mode: 'READ WRITE' | 'READ ONLY', log?: ReadLog): Promise<Tx> {
    return new Tx(await openTransaction(pool, session, mode), session, log);
  }

  /**
   * Opens a transaction at a replica; null when it has not replayed the log of its database up to a position. What fails there later is
   * asked of the database.
   */
  static async beginFrom(
    position: LogPosition,
    replica: pg.Pool,
    database: pg.Pool,
    session: Session,
    log?: ReadLog,
  ): Promise<Tx | null> {
    const tx = await Tx.begin(replica, session, 'READ ONLY', log);
    try {
      // Within the transaction: a pooler in between may have several replicas.
      if (await hasReplayed(tx.#client, position)) {
        tx.#database = database;
        return tx;
      }
    } catch (error) {
      await tx.#end('ROLLBACK');
      throw error;
    }
    await tx.close();
    return null;
  }

  /** The company of this transaction; throws when there is none, so that no row can be written without one. */
  get tenantId(): string {
    if (!this.session.tenantId) throw new Error('This transaction has no company');
    return this.session.tenantId;
  }

  /** Works for `tenantId` from here on: only sign-up and sign-in, where the company is found on the way. */
  async enter(tenantId: string): Promise<void> {
    await this.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
    this.session = { ...this.session, tenantId };
  }

  /** Lets plain SQL of this transaction take longer than usual. */
  async allow(statementMs: number): Promise<void> {
    await this.query(`SELECT set_config('statement_timeout', $1, true)`, [String(statementMs)]);
    this.#answerMs = answerMs(statementMs);
  }

  /** Plain SQL with `$1` parameters; returns the rows. `name` keeps the statement prepared on the connection, per domain. */
  query<Row extends object>(text: string, values: readonly unknown[] = [], name?: string): Promise<Row[]> {
    return this.#query((statement) => this.#log?.statement(statement), text, values, name);
  }

  async #query<Row extends object>(
    note: Note,
    text: string,
    values: readonly unknown[] = [],
    name?: string,
  ): Promise<Row[]> {
    note(text);
    const given = values.map((value) => (Array.isArray(value) ? arrayLiteral(value) : value));
    const result = await this.#serially(() =>
      this.#client.query<Row>({
        name: name && `${this.#role} ${name}`,
        text,
        values: given,
        ...(this.#answerMs && { query_timeout: this.#answerMs }),
      }),
    );
    return result.rows;
  }

  /** Runs `work` with another domain's rights: how a port reaches its own tables inside the caller's transaction. */
  async as<T>(domain: string, work: () => Promise<T>): Promise<T> {
    const before = this.#role;
    if (before === domain) return work();
    await this.#setRole(domain);
    try {
      const value = await work();
      await this.#setRole(before);
      return value;
    } catch (error) {
      // After an SQL error the transaction is void and refuses the reset; its rollback resets the role as well.
      await this.#setRole(before).catch(() => {});
      throw error;
    }
  }

  /** Commits when `work` returns, rolls back when it throws. */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      const value = await work(this);
      // After a statement that failed PostgreSQL takes a COMMIT as well, and answers it with what it does.
      if ((await this.#end('COMMIT')) === 'ROLLBACK')
        throw this.#refused ?? new Error('The transaction was rolled back');
      return value;
    } catch (error) {
      await this.#end('ROLLBACK');
      throw error;
    }
  }

  /** Ends the transaction with `value` as its answer and without a change to the database. */
  rollback<T>(value: T): never {
    throw new Rollback(value);
  }

  /** Ends a read transaction. */
  async close(): Promise<void> {
    await this.#end('COMMIT');
  }

  async #setRole(domain: string): Promise<void> {
    await this.#serially(() =>
      this.#client.query(`SELECT set_config('role', ${pg.escapeLiteral(`valeo_${domain}`)}, true)`),
    );
    this.#role = domain;
  }

  /** Answers what PostgreSQL did. */
  async #end(command: 'COMMIT' | 'ROLLBACK'): Promise<string | undefined> {
    if (!this.#open) return;
    this.#open = false;
    try {
      // A farewell would be waited for in vain once more.
      if (this.#lost) throw this.#lost;
      const { command: done } = await this.#serially(() => this.#client.query(command));
      this.#client.release();
      return done;
    } catch (error) {
      this.#client.release(true);
      if (command === 'COMMIT') throw error;
    }
  }

  /** What a replica has not answered, once: what is only read may be asked twice. */
  async #askDatabase<T>(error: unknown, work: () => Promise<T>): Promise<T> {
    const database = this.#database;
    if (!database || !isOfReplica(error)) throw error;
    this.#database = undefined;
    const client = await openTransaction(database, { ...this.session, domain: this.#role }, 'READ ONLY');
    this.#client.release(true);
    this.#client = client;
    return work();
  }

  #serially<T>(work: () => Promise<T>): Promise<T> {
    const unlessLost = async (): Promise<T> => {
      if (this.#lost) throw this.#lost;
      try {
        return await work().catch((error) => this.#askDatabase(error, work));
      } catch (error) {
        if (isUnanswered(error)) this.#lost = error;
        this.#refused = error;
        throw error;
      }
    };
    const next = this.#queue.then(unlessLost, unlessLost);
    this.#queue = next.catch(() => {});
    return next;
  }
}
