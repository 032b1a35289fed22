import type { PlanNode } from '@apollo/query-planner';
import type { Stand } from '../plan/planning-supergraph.ts';
import type { Hides } from './collect.ts';
import { compileEntities, partsMax } from './entities.ts';
import { compileRootFetch, type Step } from './fetch.ts';
import type { Subgraph } from './run.ts';
import { schedule } from './schedule.ts';
import type { TypeTest } from './types.ts';
import { type Guard, type Unit, unitsOf } from './units.ts';

export interface CompileContext {
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly isA: TypeTest;
  readonly stands: ReadonlyMap<string, Stand>;
  /** What fields need through `@requires`, as `Type.field`. */
  readonly requires: ReadonlyMap<string, readonly string[]>;
  /** Names of the fields that are part of a key, by subgraph. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  readonly hides: Hides;
  /** Whether places of the plan are told apart by the types of the objects on the way. */
  readonly hasTypedPaths: boolean;
}

/** Turns a query plan into one function, so that a request pays for its data and not for reading the plan. */
export function compilePlan(
  node: PlanNode | undefined,
  isMutation: boolean,
  context: Omit<CompileContext, 'hasTypedPaths'>,
): Step {
  const all = unitsOf(node);
  const hasTypedPaths = all.some(({ path }) => path?.some((element) => String(element).includes('|[')));
  const batches = schedule(all, isMutation).map(({ units, after }) => ({
    step: whileWaitedFor(guarded(compileBatch(units, { ...context, hasTypedPaths }), units[0]?.guards ?? [])),
    after,
  }));
  const [only] = batches;
  if (!only) return () => Promise.resolve();
  if (batches.length === 1) return only.step;
  return async (run) => {
    const done: Promise<void>[] = [];
    for (const { step, after } of batches) {
      const [first] = after;
      if (first === undefined) done.push(step(run));
      else if (after.length === 1) done.push((done[first] as Promise<void>).then(() => step(run)));
      else done.push(Promise.all(after.map((index) => done[index])).then(() => step(run)));
    }
    await Promise.all(done);
  };
}

function compileBatch(units: readonly Unit[], context: CompileContext): Step {
  const [first] = units;
  if (!first) return () => Promise.resolve();
  const subgraph = context.subgraphs.get(first.node.serviceName);
  if (!subgraph) throw new Error(`The supergraph names a subgraph that is not there: ${first.node.serviceName}`);
  if (!first.node.requires?.length || !first.path) return compileRootFetch(first, subgraph, context);
  if (units.length === 1) return compileEntities(units, subgraph, context, null);
  const alone = lazy(() => together(units.map((unit) => compileEntities([unit], subgraph, context, null))));
  return units.length > partsMax ? alone : compileEntities(units, subgraph, context, alone);
}

function guarded(step: Step, guards: readonly Guard[]): Step {
  if (guards.length === 0) return step;
  return (run) =>
    guards.every(({ variable, value }) => (run.coerced[variable] === true) === value) ? step(run) : Promise.resolve();
}

/** Nothing more is begun for a caller who has gone. */
function whileWaitedFor(step: Step): Step {
  return (run) => (run.signal?.aborted ? Promise.resolve() : step(run));
}

/** Compiles when first run: most plans never need their second way. */
function lazy(compile: () => Step): Step {
  let step: Step | undefined;
  return (run) => {
    step ??= compile();
    return step(run);
  };
}

function together(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}
