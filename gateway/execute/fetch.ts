import type { FetchNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { type ReportedError, reportOf } from '../report/errors.ts';
import type { Position } from './collect.ts';
import { copy, merge } from './merge.ts';
import { compileRepresentation } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import { isObject, type Obj, type Run, type Subgraph, type SubgraphOperation } from './run.ts';
import type { TypeTest } from './types.ts';

/** A compiled part of a plan. It never rejects: what fails is reported in the run, and its fields stay absent. */
export type Step = (run: Run) => Promise<void>;

/** Places that are named when one failing entity stands at many of them. */
const errorPlacesMax = 20;

export function compileFetch(node: FetchNode, subgraph: Subgraph, position: Position | null, isA: TypeTest): Step {
  const operation: SubgraphOperation = {
    text: node.operation,
    name: node.operationName,
    kind: node.operationKind,
    document: parse(node.operation, { noLocation: true }),
  };
  const pickVariables = variablePicker(node.variableUsages ?? []);
  return node.requires?.length && position
    ? entityFetch(node, operation, subgraph, position, pickVariables, isA)
    : rootFetch(node, operation, subgraph, position, pickVariables, isA);
}

function variablePicker(names: readonly string[]): (variables: Obj) => Obj {
  return (variables) => {
    const picked: Obj = {};
    for (const name of names) if (Object.hasOwn(variables, name)) picked[name] = variables[name];
    return picked;
  };
}

function rootFetch(
  node: FetchNode,
  operation: SubgraphOperation,
  subgraph: Subgraph,
  position: Position | null,
  pickVariables: (variables: Obj) => Obj,
  isA: TypeTest,
): Step {
  const rewriteOutput = compileRewrites(node.outputRewrites, isA);
  return async (run) => {
    const targets: Obj[] = [];
    if (position) position.collect(run.data, (target) => targets.push(target));
    else targets.push(run.data);
    if (targets.length === 0) return;
    const prefix = position?.display ?? [];
    try {
      const answer = await subgraph.execute(operation, pickVariables(run.variables), null, run);
      for (const error of answer.errors ?? []) {
        run.errors.push({ ...error, path: error.path ? [...prefix, ...error.path] : undefined });
      }
      if (!answer.data) return;
      rewriteOutput?.(answer.data);
      targets.forEach((target, index) => {
        merge(target, index === 0 ? (answer.data as Obj) : copy(answer.data as Obj));
      });
    } catch (error) {
      run.errors.push(unreachable(error, prefix.length ? prefix : [firstField(operation)]));
    }
  };
}

function entityFetch(
  node: FetchNode,
  operation: SubgraphOperation,
  subgraph: Subgraph,
  position: Position,
  pickVariables: (variables: Obj) => Obj,
  isA: TypeTest,
): Step {
  const read = compileRepresentation(node.requires ?? [], isA);
  const rewriteInput = compileRewrites(node.inputRewrites, isA);
  const rewriteOutput = compileRewrites(node.outputRewrites, isA);
  return async (run) => {
    const keys = new Map<string, number>();
    const representations: unknown[] = [];
    const targets: Obj[] = [];
    const asked: number[] = [];
    position.collect(run.data, (entity) => {
      const representation = read(entity);
      if (!representation) return;
      rewriteInput?.(representation);
      const key = JSON.stringify(representation);
      let index = keys.get(key);
      if (index === undefined) {
        index = representations.length;
        keys.set(key, index);
        representations.push(subgraph.local ? representation : key);
      }
      targets.push(entity);
      asked.push(index);
    });
    if (representations.length === 0) return;
    try {
      const answer = await subgraph.execute(operation, pickVariables(run.variables), representations, run);
      if (answer.errors?.length) reportEntityErrors(answer.errors, run, position, targets, asked);
      const entities = answer.data?._entities;
      if (!Array.isArray(entities)) return;
      if (entities.length !== representations.length) {
        throw new Error(
          `${subgraph.name} answered ${entities.length} entities where ${representations.length} were asked for`,
        );
      }
      if (rewriteOutput) {
        for (const entity of entities) {
          if (isObject(entity) && entity.__typename === undefined) {
            entity.__typename = targets[asked.indexOf(entities.indexOf(entity))]?.__typename;
          }
          rewriteOutput(entity);
        }
      }
      for (let i = 0; i < targets.length; i++) {
        const entity: unknown = entities[asked[i] as number];
        // Equal entities share what was answered: they stand at the same place of the plan, so that later fetches add
        // the same to each.
        if (isObject(entity)) merge(targets[i] as Obj, entity);
      }
    } catch (error) {
      let path: (string | number)[] | undefined;
      position.locate(run.data, (_, found) => {
        path ??= found;
      });
      run.errors.push(unreachable(error, path ?? position.display));
    }
  };
}

/** An error of entity number 3 belongs to every place in the answer where that entity stands. */
function reportEntityErrors(
  errors: readonly ReportedError[],
  run: Run,
  position: Position,
  targets: readonly Obj[],
  asked: readonly number[],
): void {
  const places = new Map<number, (string | number)[][]>();
  const indexOf = new Map(targets.map((target, i) => [target, asked[i] as number]));
  position.locate(run.data, (entity, path) => {
    const index = indexOf.get(entity);
    if (index === undefined) return;
    const list = places.get(index) ?? [];
    if (list.length < errorPlacesMax) list.push(path);
    places.set(index, list);
  });
  for (const error of errors) {
    const index = error.path?.[1];
    const found = typeof index === 'number' ? (places.get(index) ?? []) : [];
    if (found.length === 0) run.errors.push({ ...error, path: [...places.values()][0]?.[0] ?? position.display });
    for (const place of found) run.errors.push({ ...error, path: [...place, ...(error.path ?? []).slice(2)] });
  }
}

function unreachable(error: unknown, path: readonly (string | number)[]): ReportedError {
  return { ...reportOf(error), path };
}

function firstField(operation: SubgraphOperation): string {
  for (const definition of operation.document.definitions) {
    if (definition.kind !== 'OperationDefinition') continue;
    const field = definition.selectionSet.selections.find((selection) => selection.kind === 'Field');
    if (field?.kind === 'Field') return field.alias?.value ?? field.name.value;
  }
  return '';
}
