import { createHash } from 'node:crypto';
import type { Obj, Representations, Run, Subgraph, SubgraphAnswer, SubgraphOperation } from '../execute/run.ts';
import { type PolicyOptions, policiesOf, type ReadPolicy } from './policy.ts';
import { type CacheResult, isCurrent, type Kept, type Store } from './store.ts';
import { anything, concerning } from './tags.ts';
import { isUnchanged, type Moment, type Reader, type Stamp, type Versions } from './versions.ts';
import { readerOf, viewOf } from './view.ts';
import type { Worth } from './worth.ts';

/** JSON text of what a subgraph answered: of `data`, or of one entity. */
export type ReadStore = Store<string>;

export interface ReadCache {
  readonly store: ReadStore;
  readonly versions: Versions;
  /** Oldest that something may be about which the schema says nothing. */
  readonly ageMaxMs: number;
  /** Whether a subgraph tells of every change of what it answers. */
  tells(subgraph: string): boolean;
  count(result: CacheResult, n?: number): void;
}

/** One thing to be read: the root fields of a request, or one entity. */
interface Unit {
  readonly keys: Keys;
  readonly policy: ReadPolicy;
  /** Tags that the schema names. */
  readonly tags: readonly string[];
  /** Which entity of its list. */
  readonly index: number;
}

/** Where it may be kept: for this reader, and for all who see the same. Null where the schema rules it out. */
interface Keys {
  readonly own: string | null;
  readonly shared: string | null;
}

/** Something kept, and whether for all who see the same. */
interface Found {
  readonly kept: Kept<string>;
  readonly shared: boolean;
}

/** What is being loaded; null when it turned out not to be kept. */
interface UnderWay {
  readonly since: Moment;
  readonly work: Promise<Found | null>;
}

interface LoadedUnits {
  /** In the order asked for; null for what may not be kept. */
  readonly found: readonly (Found | null)[];
  /** What the subgraph itself answered, and for how many units. */
  readonly answer: SubgraphAnswer | null;
  readonly answered: number;
}

interface Operation {
  readonly hash: string;
  readonly policies: readonly ReadPolicy[];
  /** Whether the last answer could not be kept, so that nobody need look or wait for the next. */
  isVain: boolean;
}

/**
 * A subgraph whose answers are kept: each entity for itself, all root fields of a request together. Equal reads are asked
 * once however many wait for them. What a mutation or an event answers is always read anew.
 */
export function cachedSubgraph(subgraph: Subgraph, cache: ReadCache, options: PolicyOptions): Subgraph {
  const operations = new WeakMap<SubgraphOperation, Operation>();
  const underWay = new Map<string, UnderWay>();

  function operationOf(operation: SubgraphOperation): Operation {
    let known = operations.get(operation);
    if (!known) {
      known = {
        hash: createHash('sha256').update(`${subgraph.name}\0${operation.text}`).digest('base64url'),
        policies: policiesOf(operation, subgraph.name, options),
        isVain: false,
      };
      operations.set(operation, known);
    }
    return known;
  }

  return {
    ...subgraph,
    async execute(operation, variables, representations, run) {
      const { worth } = run;
      if (!worth || operation.kind !== 'query') return subgraph.execute(operation, variables, representations, run);
      const known = operationOf(operation);
      const { hash, policies } = known;
      const load: Load = async (lists) => {
        worth.asks();
        const answer = await subgraph.execute(operation, variables, lists, run);
        known.isVain = policies.some((policy) => ageOf(policy, answer) <= 0);
        return answer;
      };
      if (
        known.isVain ||
        policies.some(({ ageMaxMs, entities }) => ageMaxMs <= 0 || (entities === null) !== (representations === null))
      ) {
        worth.spoil();
        return load(representations);
      }
      const reader = readerOf(run.call);
      const units = unitsOf(hash, policies, variables, representations, run);
      const found = units.map(({ keys }) => inMemory(keys));
      const stamps = await stampsOf(found, reader, cache.versions);
      if (!stamps) {
        worth.spoil();
        cache.count('off');
        return load(representations);
      }
      const values = await readUnits({ units, found, stamps, reader, load, representations }, worth);
      return 'answer' in values ? values.answer : answerFrom(units, values.texts);
    },
  };

  /** How long an answer may be kept by this policy. */
  function ageOf({ ageMaxMs, isAgeOpen }: ReadPolicy, { errors, reads }: SubgraphAnswer): number {
    if (errors?.length || !isAgeOpen) return ageMaxMs;
    const isKnown = reads === undefined ? cache.tells(subgraph.name) : reads !== null;
    return isKnown ? Math.min(ageMaxMs, cache.ageMaxMs) : 0;
  }

  function inMemory({ own, shared }: Keys): Found | null {
    for (const key of [shared, own]) {
      const kept = key === null ? undefined : cache.store.peek(key);
      if (kept) return { kept, shared: key === shared };
    }
    return null;
  }

  async function readUnits(reading: Reading, worth: Worth): Promise<{ texts: string[] } | { answer: SubgraphAnswer }> {
    const { units, found, stamps, load, representations } = reading;
    const texts: (string | undefined)[] = new Array(units.length);
    const missing: number[] = [];
    const waiting: { i: number; line: string; work: UnderWay['work'] }[] = [];
    const take = (i: number, { kept, shared }: Found): void => {
      texts[i] = kept.value;
      worth.add(kept, Math.max(1, kept.freshUntil - Date.now()), shared);
    };
    const aged: number[] = [];
    units.forEach(({ keys }, i) => {
      const stamp = stamps.of(i);
      const one = found[i] ?? null;
      const age = one && isCurrent(one.kept, stamp) ? cache.store.ageOf(one.kept) : null;
      if (one && age) {
        take(i, one);
        cache.count(age);
        if (age === 'stale' && !underWay.has(lineOf(keys, one))) aged.push(i);
        return;
      }
      const line = lineOf(keys, one);
      const other = underWay.get(line);
      // What that will depend on is not known before it is there.
      if (other && isUnchanged(anything, other.since, stamps.ofAnything)) waiting.push({ i, line, work: other.work });
      else missing.push(i);
    });
    if (aged.length > 0) void begin(aged, reading).catch(() => {});

    const loading = missing.length > 0 ? begin(missing, reading) : null;
    const joined = await Promise.all(waiting.map(async ({ i, line, work }) => ({ i, line, one: await work })));
    const again: number[] = [];
    for (const { i, line, one } of joined) {
      if (one && (one.shared || line === units[i]?.keys.own)) {
        take(i, one);
        cache.count('joined');
      } else again.push(i);
    }
    let answer: SubgraphAnswer | null = null;
    if (loading) {
      const loaded = await loading;
      if (loaded.answered === units.length) answer = loaded.answer;
      // What failed is nobody's but the asker's, and its errors name places in the whole of what was asked.
      if (loaded.found.includes(null)) again.push(...missing);
      else missing.forEach((i, n) => take(i, loaded.found[n] as Found));
    }
    if (again.length > 0) {
      worth.spoil();
      return { answer: answer ?? (await load(representations)) };
    }
    return answer ? { answer } : { texts: texts as string[] };
  }

  /** Loads units, from the shared tier if they are there, and lets others wait for the same. */
  async function begin(missing: readonly number[], reading: Reading): Promise<LoadedUnits> {
    const { units, found, stamps } = reading;
    const lines = missing.map((i) => lineOf((units[i] as Unit).keys, found[i] ?? null));
    const work = loadUnits(missing, reading);
    const mine = lines.map((line, n) => {
      const entry = {
        since: stamps.ofAnything,
        work: work.then(
          ({ found }) => found[n] ?? null,
          () => null,
        ),
      };
      underWay.set(line, entry);
      return entry;
    });
    try {
      return await work;
    } finally {
      lines.forEach((line, n) => {
        if (underWay.get(line) === mine[n]) underWay.delete(line);
      });
    }
  }

  async function loadUnits(missing: readonly number[], reading: Reading): Promise<LoadedUnits> {
    const { units, stamps, representations, load } = reading;
    const found = new Map<number, Found | null>(missing.map((i) => [i, null]));
    for (const [i, one] of await fromSharedTier(missing, reading)) found.set(i, one);
    const absent = missing.filter((i) => !found.get(i));
    cache.count('shared', missing.length - absent.length);
    cache.count('miss', absent.length);
    if (absent.length === 0) return { found: [...found.values()], answer: null, answered: 0 };
    const answer = await load(representations && listsOf(absent, units, representations));
    const { data, errors, reads } = answer;
    if (errors?.length || !data) return { found: [...found.values()], answer, answered: absent.length };
    const position = new Map<ReadPolicy, number>();
    for (const i of absent) {
      const { keys, policy, tags } = units[i] as Unit;
      let value: unknown = data;
      if (policy.entities) {
        const at = position.get(policy) ?? 0;
        position.set(policy, at + 1);
        value = (data[policy.entities.name] as unknown[])[at];
      }
      const ageMaxMs = ageOf(policy, answer);
      if (ageMaxMs <= 0) continue;
      const shared = keys.own === null || (keys.shared !== null && reads?.personal === false);
      const loaded = {
        value: JSON.stringify(value ?? null),
        tags: policy.isOpen ? [...tags, ...(reads?.from ?? [subgraph.name]).flatMap(concerning)] : tags,
        at: momentOf(stamps.ofAnything),
      };
      const [key, former] = shared ? [keys.shared, keys.own] : [keys.own, keys.shared];
      cache.store.keep(key as string, { ...loaded, ageMaxMs }, former);
      found.set(i, { kept: { ...loaded, freshUntil: Date.now() + ageMaxMs }, shared });
    }
    return { found: [...found.values()], answer, answered: absent.length };
  }

  /** What the shared tier has and is still right. */
  async function fromSharedTier(missing: readonly number[], { units, reader }: Reading): Promise<[number, Found][]> {
    const places = missing.flatMap((i) => {
      const { own, shared } = (units[i] as Unit).keys;
      return [
        ...(shared === null ? [] : [{ i, key: shared, shared: true }]),
        ...(own === null ? [] : [{ i, key: own, shared: false }]),
      ];
    });
    const kept = await cache.store.fromShared(places.map(({ key }) => key));
    const there = places.flatMap(({ i, key, shared }, n): { i: number; key: string; one: Found }[] => {
      const value = kept[n];
      return value ? [{ i, key, one: { kept: value, shared } }] : [];
    });
    if (there.length === 0) return [];
    const stamps = await stampsOf(
      there.map(({ one }) => one),
      reader,
      cache.versions,
    );
    if (!stamps) return [];
    return there.flatMap(({ i, key, one }, n): [number, Found][] => {
      if (!isCurrent(one.kept, stamps.of(n))) return [];
      cache.store.take(key, one.kept);
      return [[i, one]];
    });
  }
}

type Load = (lists: Representations | null) => Promise<SubgraphAnswer>;

/** One request to the subgraph on its way through the cache. */
interface Reading {
  readonly units: readonly Unit[];
  /** What is in memory for each. */
  readonly found: readonly (Found | null)[];
  readonly stamps: Stamps;
  readonly reader: Reader;
  readonly load: Load;
  readonly representations: Representations | null;
}

/** Who reads the same line at the same time may wait for another: all who see the same, where the last answer was for all of them. */
const lineOf = ({ own, shared }: Keys, last: Found | null): string =>
  (last?.shared ? shared : (own ?? shared)) as string;

const momentOf = ({ epoch, now, nowOfAll }: Moment): Moment => ({ epoch, now, nowOfAll });

function unitsOf(
  hash: string,
  policies: readonly ReadPolicy[],
  variables: Obj,
  representations: Representations | null,
  run: Run,
): Unit[] {
  const given = Object.keys(variables).length === 0 ? '' : JSON.stringify(variables);
  return policies.flatMap((policy) => {
    const own = policy.shared === true ? null : `${hash} ${viewOf(run.call, false)} ${given} `;
    const shared = policy.shared === false ? null : `${hash} ${viewOf(run.call, true)} ${given} `;
    const unit = (representation: unknown, index: number): Unit => {
      const text = typeof representation === 'string' ? representation : JSON.stringify(representation);
      const object = (typeof representation === 'string' ? JSON.parse(representation) : representation) as Obj | null;
      const end = policy.entities ? `${policy.entities.name} ${text}` : '';
      return {
        keys: { own: own === null ? null : own + end, shared: shared === null ? null : shared + end },
        policy,
        tags: policy.tags(variables, object).flatMap(concerning),
        index,
      };
    };
    if (!policy.entities || !representations) return [unit(null, 0)];
    return (representations[policy.entities.variable] ?? []).map(unit);
  });
}

interface Stamps {
  /** For the tags of what was found at this index. */
  of(i: number): Stamp;
  /** For every change there is. */
  readonly ofAnything: Stamp;
}

/** One look at the changes for all that was found. */
async function stampsOf(found: readonly (Found | null)[], reader: Reader, versions: Versions): Promise<Stamps | null> {
  const places = new Map<string, number>(anything.map((tag, i) => [tag, i]));
  for (const one of found) for (const tag of one?.kept.tags ?? []) if (!places.has(tag)) places.set(tag, places.size);
  const stamp = await versions.stamp(reader, [...places.keys()]);
  if (!stamp) return null;
  const of = (tags: readonly string[]): Stamp => ({
    ...stamp,
    changes: tags.map((tag) => stamp.changes[places.get(tag) as number] as number),
  });
  return { of: (i) => of(found[i]?.kept.tags ?? []), ofAnything: of(anything) };
}

/** The representations of the units that have to be asked for. */
function listsOf(wanted: readonly number[], units: readonly Unit[], all: Representations): Representations {
  const lists: Record<string, unknown[]> = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
  for (const i of wanted) {
    const { policy, index } = units[i] as Unit;
    const variable = policy.entities?.variable ?? '';
    lists[variable]?.push(all[variable]?.[index]);
  }
  return lists;
}

function answerFrom(units: readonly Unit[], texts: readonly string[]): SubgraphAnswer {
  const data: Obj = {};
  for (let i = 0; i < units.length; i++) {
    const { policy } = units[i] as Unit;
    const value: unknown = JSON.parse(texts[i] as string);
    if (!policy.entities) return { data: value as Obj };
    const list = (data[policy.entities.name] ??= []) as unknown[];
    list.push(value);
  }
  return { data };
}
