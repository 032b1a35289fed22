import { Kind, parse, print, type SelectionNode, type VariableDefinitionNode } from 'graphql';
import type { ReportedError } from '../report/errors.ts';
import { type Ask, asksOf, operationOf } from './asks.ts';
import { type Position, position } from './collect.ts';
import type { CompileContext } from './compile.ts';
import { type Step, unreachable, variablePicker } from './fetch.ts';
import { copy, merge } from './merge.ts';
import { mergeSelections } from './merge-selections.ts';
import { compileKey, compileRepresentation, type ReadKey, type ReadRepresentation } from './representations.ts';
import { compileRewrites, type Rewrite } from './rewrites.ts';
import { isObject, type Obj, type Run, type Subgraph, type SubgraphOperation } from './run.ts';
import type { TypeTest } from './types.ts';
import type { Unit } from './units.ts';

/** A place whose entities are asked for. */
interface Source {
  readonly position: Position;
  readonly read: ReadRepresentation;
  readonly key: ReadKey;
}

/** Places that need the same fields of their entities, and share one list of them. */
interface Part {
  readonly selections: readonly SelectionNode[];
  readonly sources: readonly Source[];
  /** Whether what is answered holds objects, which two places must not share: later fetches may add to one alone. */
  readonly hasObjects: boolean;
  /** Whether equal entities at one place may still be told apart later, by the types on the way to them. */
  readonly keepsApart: boolean;
  readonly rewriteInput: Rewrite | null;
  readonly rewriteOutput: Rewrite | null;
  /** Keeps what is known of an object's type where the subgraph knows it under an interface's name only; null elsewhere. */
  readonly isA: TypeTest | null;
}

/** The entities of one part in one run: each distinct one once, and every object that waits for it. */
interface Asked {
  readonly representations: unknown[];
  readonly targets: Obj[];
  /** For each target, the index of its entity and of its source. */
  readonly entityOf: number[];
  readonly sourceOf: number[];
  /** Whether some object has not got what the request requires of it. */
  lacking: boolean;
}

/** Places that are named when one failing entity stands at many of them. */
const errorPlacesMax = 20;

/**
 * Compiles one request for entities at any number of places.
 * @param alone the same fetches one by one: taken when an error left some entity without what only one of them requires.
 */
export function compileEntities(
  units: readonly Unit[],
  subgraph: Subgraph,
  context: CompileContext,
  alone: Step | null,
): Step {
  const parts = partsOf(units, context);
  const operations = operationsOf(units, parts);
  const pickVariables = variablePicker([...new Set(units.flatMap(({ node }) => node.variableUsages ?? []))]);
  return async (run) => {
    const asked = parts.map((part) => collect(part, subgraph.local, run));
    if (alone && asked.some(({ lacking }) => lacking)) return alone(run);
    let mask = 0;
    const lists: Record<string, readonly unknown[]> = {};
    asked.forEach((one, i) => {
      if (one.representations.length === 0) return;
      mask |= 1 << i;
      lists[variableOf(i)] = one.representations;
    });
    if (mask === 0) return;
    try {
      const answer = await subgraph.execute(operations(mask), pickVariables(run.variables), lists, run);
      if (answer.errors?.length) reportErrors(answer.errors, run, parts, asked);
      parts.forEach((part, i) => {
        const entities = answer.data?.[aliasOf(i)];
        if (Array.isArray(entities)) distribute(entities, part, asked[i] as Asked, subgraph.name, run);
      });
    } catch (error) {
      run.errors.push(unreachable(error, firstPlace(parts, run)));
    }
  };
}

const aliasOf = (part: number): string => `e${part}`;
const variableOf = (part: number): string => `representations${part === 0 ? '' : part}`;

/** A mask of parts is one number; more parts than this are more than one request. */
export const partsMax = 30;

function partsOf(units: readonly Unit[], context: CompileContext): Part[] {
  const places = new Map<string, Ask[]>();
  for (const ask of units.flatMap((unit) => asksOf(unit, context))) {
    const place = `${ask.unit.path?.join('.')} ${ask.variant}`;
    places.set(place, [...(places.get(place) ?? []), ask]);
  }
  const parts = new Map<string, Part & { sources: Source[] }>();
  for (const [place, asks] of places) {
    const selections = mergeSelections(asks.flatMap((ask) => ask.selections));
    const requires = asks.flatMap((ask) => ask.requires);
    const { node, path } = (asks[0] as Ask).unit;
    const reading = { ...context, keyNames: context.keys.get(node.serviceName) ?? new Set() };
    const source = {
      position: position(path ?? [], context.isA, context.hides),
      read: compileRepresentation(requires, reading),
      key: compileKey(requires, reading),
    };
    // What is rewritten on the way travels alone, so its text needs no equal.
    const text = node.inputRewrites?.length || node.outputRewrites?.length ? place : selections.map(print).join(' ');
    const part = parts.get(text);
    if (part) part.sources.push(source);
    else {
      parts.set(text, {
        selections,
        sources: [source],
        hasObjects: selections.some(hasObjects),
        keepsApart: context.hasTypedPaths,
        rewriteInput: compileRewrites(node.inputRewrites, context.isA),
        rewriteOutput: compileRewrites(node.outputRewrites, context.isA),
        isA: node.inputRewrites?.length ? context.isA : null,
      });
    }
  }
  return [...parts.values()];
}

function hasObjects(selection: SelectionNode): boolean {
  if (selection.kind === Kind.FIELD) return selection.selectionSet !== undefined;
  return selection.kind === Kind.INLINE_FRAGMENT && selection.selectionSet.selections.some(hasObjects);
}

/** Texts of the request by which of its parts have entities to ask for; made when first needed. */
function operationsOf(units: readonly Unit[], parts: readonly Part[]): (mask: number) => SubgraphOperation {
  const definitions = new Map<string, VariableDefinitionNode>();
  for (const unit of units) {
    for (const definition of operationOf(unit).variableDefinitions ?? []) {
      const name = definition.variable.name.value;
      if (name !== 'representations') definitions.set(name, definition);
    }
  }
  const name = units[0]?.node.operationName;
  const made = new Map<number, SubgraphOperation>();
  return (mask) => {
    let operation = made.get(mask);
    if (!operation) {
      const included = parts.map((part, i) => ({ part, i })).filter(({ i }) => (mask & (1 << i)) !== 0);
      const lists = included.map(({ i }) => `$${variableOf(i)}:[_Any!]!`);
      const others = [...definitions.values()].map((definition) => print(definition));
      const fields = included.map(
        ({ part, i }) =>
          `${aliasOf(i)}:_entities(representations:$${variableOf(i)}){${part.selections.map(print).join(' ')}}`,
      );
      const source = `query ${name ?? ''}(${[...lists, ...others].join(',')}){${fields.join(' ')}}`;
      const document = parse(source, { noLocation: true });
      operation = { text: compact(source), name, kind: 'query', document };
      made.set(mask, operation);
    }
    return operation;
  };
}

/** Whitespace between tokens is noise on the wire; inside of strings it is not ours to touch. */
const compact = (source: string): string => (source.includes('"') ? source : source.replace(/\s+/g, ' '));

function collect(part: Part, local: boolean, run: Run): Asked {
  const keys = new Map<string, number>();
  const asked: Asked = { representations: [], targets: [], entityOf: [], sourceOf: [], lacking: false };
  part.sources.forEach(({ position, read, key }, sourceIndex) => {
    for (const object of position.collect(run.data, run.sharesObjects)) {
      let text: string | null | undefined;
      let representation: Obj | null | undefined;
      if (local || part.rewriteInput) {
        representation = read(object);
        if (representation) part.rewriteInput?.(representation);
        text = representation && JSON.stringify(representation);
      } else text = key(object);
      if (text === undefined) continue;
      if (text === null) {
        asked.lacking = true;
        continue;
      }
      let index = keys.get(text);
      if (index === undefined) {
        index = asked.representations.length;
        keys.set(text, index);
        asked.representations.push(local ? representation : text);
      }
      asked.targets.push(object);
      asked.entityOf.push(index);
      asked.sourceOf.push(sourceIndex);
    }
  });
  return asked;
}

function distribute(
  entities: unknown[],
  part: Part,
  { representations, targets, entityOf, sourceOf }: Asked,
  subgraph: string,
  run: Run,
): void {
  if (entities.length !== representations.length) {
    throw new Error(`${subgraph} answered ${entities.length} entities where ${representations.length} were asked for`);
  }
  if (part.rewriteOutput) rewriteAll(entities, part.rewriteOutput, targets, entityOf);
  const firstSource: number[] = [];
  const seen: boolean[] = [];
  for (let i = 0; i < targets.length; i++) {
    const index = entityOf[i] as number;
    const entity = entities[index];
    if (!isObject(entity)) continue;
    const source = sourceOf[i] as number;
    firstSource[index] ??= source;
    // Equal entities at one place share what was answered: whatever is fetched later is fetched for each of them alike.
    const isAgain = part.hasObjects && seen[index] === true;
    const mustCopy = isAgain && (part.keepsApart || firstSource[index] !== source);
    if (isAgain && !mustCopy) run.sharesObjects = true;
    seen[index] = true;
    const target = targets[i] as Obj;
    const known = target.__typename;
    merge(target, mustCopy ? copy(entity) : entity);
    const told = target.__typename;
    if (part.isA && typeof known === 'string' && known !== told && part.isA(known, String(told))) {
      target.__typename = known;
    }
  }
}

function rewriteAll(entities: unknown[], rewrite: Rewrite, targets: readonly Obj[], entityOf: readonly number[]): void {
  entities.forEach((entity, index) => {
    if (!isObject(entity)) return;
    if (entity.__typename === undefined) entity.__typename = targets[entityOf.indexOf(index)]?.__typename;
    rewrite(entity);
  });
}

/** An error of entity number 3 belongs to every place in the answer where that entity stands. */
function reportErrors(
  errors: readonly ReportedError[],
  run: Run,
  parts: readonly Part[],
  asked: readonly Asked[],
): void {
  for (const error of errors) {
    const [alias, index, ...rest] = error.path ?? [];
    const number = typeof alias === 'string' ? Number(alias.slice(1)) : Number.NaN;
    const part = parts[number];
    const places = part && typeof index === 'number' ? placesOf(part, asked[number] as Asked, index, run) : [];
    if (places.length === 0) run.errors.push({ ...error, path: firstPlace(part ? [part] : parts, run) });
    for (const place of places) run.errors.push({ ...error, path: [...place, ...rest] });
  }
}

function placesOf(part: Part, { targets, entityOf }: Asked, index: number, run: Run): (string | number)[][] {
  const concerned = new Set(targets.filter((_, i) => entityOf[i] === index));
  const places: (string | number)[][] = [];
  for (const { position } of part.sources) {
    position.locate(run.data, (object, path) => {
      if (concerned.has(object) && places.length < errorPlacesMax) places.push(path);
    });
  }
  return places;
}

function firstPlace(parts: readonly Part[], run: Run): (string | number)[] {
  for (const { sources } of parts) {
    for (const { position } of sources) {
      let first: (string | number)[] | undefined;
      position.locate(run.data, (_, path) => {
        first ??= path;
      });
      if (first) return first;
    }
  }
  return [...(parts[0]?.sources[0]?.position.display ?? [])];
}
