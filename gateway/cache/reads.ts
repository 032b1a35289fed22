import { createHash } from 'node:crypto';
import type { Obj, Representations, Run, Subgraph, SubgraphAnswer, SubgraphOperation } from '../execute/run.ts';
import { type PolicyOptions, policiesOf, type ReadPolicy } from './policy.ts';
import { type CacheResult, isCurrent, type Kept, type Store } from './store.ts';
import { concerning } from './tags.ts';
import type { Reader, Stamp, Versions } from './versions.ts';
import { readerOf, viewOf } from './view.ts';

/** JSON text of what a subgraph answered: of `data`, or of one entity. */
export type ReadStore = Store<string>;

export interface ReadCache {
  readonly store: ReadStore;
  readonly versions: Versions;
  count(result: CacheResult, n?: number): void;
}

/** One thing to be read: the root fields of a request, or one entity. */
interface Unit {
  readonly key: string;
  readonly policy: ReadPolicy;
  /** The tags, and those by which changes of them are told. */
  readonly tags: readonly string[];
  /** Which entity of its list. */
  readonly index: number;
}

/** What is being loaded; null when it turned out not to be kept. */
interface UnderWay {
  readonly stamp: Stamp;
  readonly work: Promise<Kept<string> | null>;
}

interface LoadedUnits {
  /** In the order asked for; null for what may not be kept. */
  readonly kept: readonly (Kept<string> | null)[];
  /** What the subgraph itself answered, and for how many units. */
  readonly answer: SubgraphAnswer | null;
  readonly answered: number;
}

interface Operation {
  readonly hash: string;
  readonly policies: readonly ReadPolicy[];
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
      };
      operations.set(operation, known);
    }
    return known;
  }

  return {
    ...subgraph,
    async execute(operation, variables, representations, run) {
      const { worth } = run;
      const load = (lists: Representations | null) => subgraph.execute(operation, variables, lists, run);
      if (!worth || operation.kind !== 'query') return load(representations);
      const { hash, policies } = operationOf(operation);
      if (
        policies.some(({ ageMaxMs, entities }) => ageMaxMs <= 0 || (entities === null) !== (representations === null))
      ) {
        worth.spoil();
        return load(representations);
      }
      const units = unitsOf(hash, policies, variables, representations, run);
      const reader = readerOf(run.call);
      const stamps = await stampsOf(units, reader, cache.versions);
      if (!stamps) {
        worth.spoil();
        cache.count('off');
        return load(representations);
      }
      const values = await readUnits(units, stamps, run, load, representations);
      return 'answer' in values ? values.answer : answerFrom(units, values.texts);
    },
  };

  async function readUnits(
    units: readonly Unit[],
    stamps: readonly Stamp[],
    run: Run,
    load: (lists: Representations | null) => Promise<SubgraphAnswer>,
    representations: Representations | null,
  ): Promise<{ texts: string[] } | { answer: SubgraphAnswer }> {
    const texts: (string | undefined)[] = new Array(units.length);
    const missing: number[] = [];
    const waiting: { i: number; work: UnderWay['work'] }[] = [];
    const take = (i: number, kept: Kept<string>): void => {
      texts[i] = kept.value;
      const { policy } = units[i] as Unit;
      run.worth?.add(kept, Math.max(1, kept.freshUntil - Date.now()), policy.shared);
    };
    const aged: number[] = [];
    units.forEach(({ key }, i) => {
      const stamp = stamps[i] as Stamp;
      const kept = cache.store.peek(key);
      const age = kept && isCurrent(kept, stamp) ? cache.store.ageOf(kept) : null;
      if (kept && age) {
        take(i, kept);
        cache.count(age);
        if (age === 'stale' && !underWay.has(key)) aged.push(i);
        return;
      }
      const other = underWay.get(key);
      if (other && isCurrent({ versions: other.stamp.versions, at: other.stamp.now }, stamp)) {
        waiting.push({ i, work: other.work });
      } else missing.push(i);
    });
    if (aged.length > 0) void begin(aged, units, stamps, run, load, representations).catch(() => {});

    const loading = missing.length > 0 ? begin(missing, units, stamps, run, load, representations) : null;
    const joined = await Promise.all(waiting.map(async ({ i, work }) => ({ i, kept: await work })));
    const again: number[] = [];
    for (const { i, kept } of joined) {
      if (kept) {
        take(i, kept);
        cache.count('joined');
      } else again.push(i);
    }
    let answer: SubgraphAnswer | null = null;
    if (loading) {
      const loaded = await loading;
      if (loaded.answered === units.length) answer = loaded.answer;
      // What failed is nobody's but the asker's, and its errors name places in the whole of what was asked.
      if (loaded.kept.includes(null)) again.push(...missing);
      else missing.forEach((i, n) => take(i, loaded.kept[n] as Kept<string>));
    }
    if (again.length > 0) {
      run.worth?.spoil();
      return { answer: answer ?? (await load(representations)) };
    }
    return answer ? { answer } : { texts: texts as string[] };
  }

  /** Loads units, from the shared tier if they are there, and lets others wait for the same. */
  async function begin(
    missing: readonly number[],
    units: readonly Unit[],
    stamps: readonly Stamp[],
    run: Run,
    load: (lists: Representations | null) => Promise<SubgraphAnswer>,
    representations: Representations | null,
  ): Promise<LoadedUnits> {
    const work = loadUnits(missing, units, stamps, load, representations);
    const mine = missing.map((i, n) => {
      const entry = {
        stamp: stamps[i] as Stamp,
        work: work.then(
          ({ kept }) => kept[n] ?? null,
          () => null,
        ),
      };
      underWay.set((units[i] as Unit).key, entry);
      return entry;
    });
    try {
      return await work;
    } finally {
      missing.forEach((i, n) => {
        const { key } = units[i] as Unit;
        if (underWay.get(key) === mine[n]) underWay.delete(key);
      });
    }
  }

  async function loadUnits(
    missing: readonly number[],
    units: readonly Unit[],
    stamps: readonly Stamp[],
    load: (lists: Representations | null) => Promise<SubgraphAnswer>,
    representations: Representations | null,
  ): Promise<LoadedUnits> {
    const shared = await cache.store.fromShared(
      missing.map((i) => (units[i] as Unit).key),
      missing.map((i) => stamps[i] as Stamp),
    );
    const kept = new Map<number, Kept<string> | null>(missing.map((i, n) => [i, shared[n] ?? null]));
    const absent = missing.filter((i) => !kept.get(i));
    cache.count('shared', missing.length - absent.length);
    cache.count('miss', absent.length);
    if (absent.length === 0) return { kept: [...kept.values()], answer: null, answered: 0 };
    const lists = representations && listsOf(absent, units, representations);
    const answer = await load(lists);
    if (answer.errors?.length || !answer.data) return { kept: [...kept.values()], answer, answered: absent.length };
    const position = new Map<ReadPolicy, number>();
    for (const i of absent) {
      const { key, policy, tags } = units[i] as Unit;
      const stamp = stamps[i] as Stamp;
      let value: unknown = answer.data;
      if (policy.entities) {
        const at = position.get(policy) ?? 0;
        position.set(policy, at + 1);
        value = (answer.data[policy.entities.name] as unknown[])[at];
      }
      const loaded = { value: JSON.stringify(value ?? null), tags, versions: stamp.versions, at: stamp.now };
      cache.store.keep(key, { ...loaded, ageMaxMs: policy.ageMaxMs });
      kept.set(i, { ...loaded, freshUntil: Date.now() + policy.ageMaxMs });
    }
    return { kept: [...kept.values()], answer, answered: absent.length };
  }
}

function unitsOf(
  hash: string,
  policies: readonly ReadPolicy[],
  variables: Obj,
  representations: Representations | null,
  run: Run,
): Unit[] {
  const given = Object.keys(variables).length === 0 ? '' : JSON.stringify(variables);
  return policies.flatMap((policy) => {
    const start = `${hash} ${viewOf(run.call, policy.shared)} ${given} `;
    const unit = (representation: unknown, index: number): Unit => {
      const text = typeof representation === 'string' ? representation : JSON.stringify(representation);
      const object = (typeof representation === 'string' ? JSON.parse(representation) : representation) as Obj | null;
      return {
        key: policy.entities ? `${start}${policy.entities.name} ${text}` : start,
        policy,
        tags: policy.tags(variables, object).flatMap(concerning),
        index,
      };
    };
    if (!policy.entities || !representations) return [unit(null, 0)];
    return (representations[policy.entities.variable] ?? []).map(unit);
  });
}

/** One look at the versions for all units. */
async function stampsOf(units: readonly Unit[], reader: Reader, versions: Versions): Promise<Stamp[] | null> {
  const places = new Map<string, number>();
  for (const { tags } of units) for (const tag of tags) if (!places.has(tag)) places.set(tag, places.size);
  const stamp = await versions.stamp(reader, [...places.keys()]);
  if (!stamp) return null;
  return units.map(({ tags }) => ({
    ...stamp,
    versions: tags.map((tag) => stamp.versions[places.get(tag) as number] as string),
  }));
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
