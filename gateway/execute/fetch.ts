import type { FetchNode, SubscriptionNode } from '@apollo/query-planner';
import { Kind, parse, print, type SelectionSetNode, visit } from 'graphql';
import { type Stand, withoutStands } from '../plan/planning-supergraph.ts';
import { type ReportedError, reportOf } from '../report/errors.ts';
import { position } from './collect.ts';
import type { CompileContext } from './compile.ts';
import { copy, merge } from './merge.ts';
import { compileRewrites } from './rewrites.ts';
import type { Obj, Run, Subgraph, SubgraphOperation } from './run.ts';
import type { Unit } from './units.ts';

/** A compiled part of a plan. It never rejects: what fails is reported in the run, and its fields stay absent. */
export type Step = (run: Run) => Promise<void>;

export function variablePicker(names: readonly string[]): (variables: Obj) => Obj {
  return (variables) => {
    const picked: Obj = {};
    for (const name of names) if (Object.hasOwn(variables, name)) picked[name] = variables[name];
    return picked;
  };
}

/** Compiles a fetch of root fields. */
export function compileRootFetch(
  { node, path }: Unit,
  subgraph: Subgraph,
  { isA, stands, hides }: CompileContext,
): Step {
  const operation = readOperation(node, stands);
  const pickVariables = variablePicker(node.variableUsages ?? []);
  const rewriteOutput = compileRewrites(node.outputRewrites, isA);
  // Below the root: an object such as a mutation's payload that gives access to the queries again.
  const place = path && position(path, isA, hides);
  const fields = rootFields(operation);
  // What a subgraph says of an operation as a whole is about its field, where it has one.
  const only = fields.length === 1 ? fields : undefined;
  return async (run) => {
    const targets: Obj[] = place ? [...place.collect(run.data, run.sharesObjects)] : [run.data];
    if (targets.length === 0) return;
    const prefix = place?.display ?? [];
    try {
      const answer = await subgraph.execute(operation, pickVariables(run.variables), null, run);
      for (const error of answer.errors ?? []) {
        const path = error.path ?? only;
        run.errors.push({ ...error, path: path ? [...prefix, ...path] : undefined });
      }
      if (!answer.data) return;
      rewriteOutput?.(answer.data);
      targets.forEach((target, index) => {
        merge(target, index === 0 ? (answer.data as Obj) : copy(answer.data as Obj));
      });
    } catch (error) {
      run.errors.push(unreachable(error, prefix.length ? prefix : fields.slice(0, 1)));
    }
  };
}

export function readOperation(
  node: FetchNode | SubscriptionNode['primary'],
  stands: ReadonlyMap<string, Stand>,
): SubgraphOperation {
  const { operation: text, operationName: name, operationKind: kind } = node;
  const document = parse(text, { noLocation: true });
  if (stands.size === 0) return { text, name, kind, document };
  const real = visit(document, { Field: { leave: (field) => withoutStands(field, stands) } });
  return { text: print(real), name, kind, document: real };
}

export function unreachable(error: unknown, path: readonly (string | number)[]): ReportedError {
  return { ...reportOf(error), path };
}

/** What an operation asks the root for, as it is named in the answer. */
function rootFields({ document }: SubgraphOperation): string[] {
  const namesIn = ({ selections }: SelectionSetNode): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection.alias?.value ?? selection.name.value];
      return selection.kind === Kind.INLINE_FRAGMENT ? namesIn(selection.selectionSet) : [];
    });
  return document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? namesIn(one.selectionSet) : [],
  );
}
