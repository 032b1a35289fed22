import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { isUnanswered } from './connection.ts';
import { log } from './log.ts';
import { sqlStateOf } from './sql-state.ts';

/** A replica that fails, or is none, is left alone for this long; then one call tries it. */
const REST_MS = 5_000;
/** What a replica has to open a transaction in, before the database itself is read. */
const PATIENCE_MS = 1_000;
/** How often a replica is asked whether it is as far as the database, and the pause in between. */
const LOOKS = 3;
const LOOK_AGAIN_MS = 2;

/** How far a database is. Positions of one timeline say nothing about another, which begins where a replica took over. */
export interface LogPosition {
  readonly at: string;
  readonly timeline: number;
}

interface Replica {
  readonly name: string;
  readonly pool: pg.Pool;
  /** 0 while it works. */
  restsUntil: number;
}

interface Closable {
  close(): Promise<void>;
}

/**
 * Read replicas of a database. What is read from one is what the database itself would have answered: it is only used once it has
 * replayed all that was committed before the question, so that nobody misses a write, his own or one that he was told of.
 */
export class Replicas {
  readonly #database: pg.Pool;
  readonly #replicas: readonly Replica[];
  #turn = 0;
  #asked: Promise<LogPosition> | undefined;
  #nextAsked: Promise<LogPosition> | undefined;

  constructor(database: pg.Pool, pools: readonly { readonly name: string; readonly pool: pg.Pool }[]) {
    this.#database = database;
    this.#replicas = pools.map((each) => ({ ...each, restsUntil: 0 }));
  }

  /**
   * Opens something at the next replica, given the position in the log of the database that it must have reached. Null when no replica is
   * as far, or none can be used.
   */
  async open<Opened extends Closable>(
    at: (pool: pg.Pool, position: LogPosition) => Promise<Opened | null>,
  ): Promise<Opened | null> {
    const replica = this.#next();
    if (!replica) return null;
    // While one call finds out whether it is back, nobody else waits for it.
    if (replica.restsUntil > 0) replica.restsUntil = Date.now() + REST_MS;
    const position = await this.#position();
    try {
      const opened = await soon(at(replica.pool, position));
      replica.restsUntil = 0;
      return opened;
    } catch (err) {
      log.warn({ err, replica: replica.name }, 'A read replica cannot be used: the database is read instead');
      replica.restsUntil = Date.now() + REST_MS;
      return null;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map(({ pool }) => pool.end()));
  }

  #next(): Replica | undefined {
    const usable = this.#replicas.filter(({ restsUntil, pool }) => restsUntil <= Date.now() && hasRoom(pool));
    return usable[this.#turn++ % usable.length];
  }

  /** Asked once for all who come while the question before is under way: that one may have been answered before they came. */
  #position(): Promise<LogPosition> {
    this.#nextAsked ??= Promise.resolve(this.#asked)
      .catch(() => {})
      .then(() => {
        this.#nextAsked = undefined;
        this.#asked = this.#ask();
        return this.#asked;
      });
    return this.#nextAsked;
  }

  async #ask(): Promise<LogPosition> {
    // A commit that does not wait for the disk is seen before it is flushed.
    const { rows } = await this.#database.query<{ at: string; segment: string }>(
      `SELECT at::text, pg_walfile_name(at) AS segment FROM (SELECT
        CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END AS at)`,
    );
    const { at = '', segment = '' } = rows[0] ?? {};
    // Names of the files of a log begin with its timeline.
    return { at, timeline: Number.parseInt(segment.slice(0, 8), 16) };
  }
}

/** Whoever waited for a connection could wait long, and the replica would be taken for one that does not answer. */
const hasRoom = ({ idleCount, totalCount, waitingCount, options }: pg.Pool): boolean =>
  waitingCount < idleCount + options.max - totalCount;

/** @throws when it takes too long; what is opened all the same is closed again. */
async function soon<Opened extends Closable>(opening: Promise<Opened | null>): Promise<Opened | null> {
  const patience = new AbortController();
  const late = sleep(PATIENCE_MS, 'late' as const, { signal: patience.signal }).catch(() => 'late' as const);
  const first = await Promise.race([opening, late]).finally(() => patience.abort());
  if (first !== 'late') return first;
  opening.then((opened) => opened?.close()).catch(() => {});
  throw new Error(`It did not answer within ${PATIENCE_MS} ms`);
}

/** The control file follows a change of timeline by some minutes: until then a replica counts as one of the timeline before. */
const STANDING = `SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() >= $1::pg_lsn END AS current,
  (SELECT greatest(timeline_id, min_recovery_end_timeline) FROM pg_control_checkpoint(), pg_control_recovery()) AS timeline`;

/**
 * Whether a replica has replayed the log of its database up to a position, or does so within some milliseconds.
 * @throws where it is none, or follows another timeline than the database is on
 */
export async function hasReplayed(replica: pg.ClientBase, position: LogPosition): Promise<boolean> {
  for (let look = 1; look <= LOOKS; look++) {
    if (look > 1) await sleep(LOOK_AGAIN_MS);
    const { rows } = await replica.query<{ current: boolean | null; timeline: number }>(STANDING, [position.at]);
    const { current = null, timeline } = rows[0] ?? {};
    if (current === null) throw new Error('It is no replica');
    if (timeline !== position.timeline) {
      throw new Error(`It is on timeline ${timeline}, and the database on ${position.timeline}`);
    }
    if (current) return true;
  }
  return false;
}

/** A replica was lost, has lost something, or puts its replay first: the database itself may well answer. */
export const isOfReplica = (error: unknown): boolean =>
  !isUnanswered(error) && /^(08|57P|58|40001|40P01|E[A-Z]+$|$)/.test(sqlStateOf(error) ?? '');
