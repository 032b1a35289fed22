import { isObject, type Obj } from './run.ts';
import type { TypeTest } from './types.ts';

/** One step of a plan's path: into a field, into every item of a list, and only for objects of certain types. */
interface Step {
  field: string | null;
  types: readonly string[] | null;
}

export type Visit = (entity: Obj) => void;

export interface Position {
  /** Calls `visit` once for each object found at this place of the answer; objects met twice are passed on once. */
  collect(root: Obj, visit: Visit): void;
  /** Calls `visit` for each place with its path in the answer; used to report errors, so it may be slow. */
  locate(root: Obj, visit: (entity: Obj, path: (string | number)[]) => void): void;
  readonly display: (string | number)[];
}

function parseStep(element: string | number): Step {
  const text = String(element);
  const bar = text.indexOf('|[');
  const field = bar === -1 ? text : text.slice(0, bar);
  const types =
    bar === -1
      ? null
      : text
          .slice(bar + 2, -1)
          .split(',')
          .filter(Boolean);
  return { field: field === '@' || field === '' ? null : field, types };
}

/** Compiles a path such as `["users", "@", "reviews", "@", "product"]`. */
export function position(path: readonly (string | number)[], isA: TypeTest): Position {
  const steps = path.map(parseStep);
  const fits = (step: Step, value: Obj): boolean => {
    if (!step.types) return true;
    const typename = value.__typename;
    return typeof typename === 'string' && step.types.some((type) => isA(typename, type));
  };

  function walk(value: unknown, at: number, visit: Visit): void {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      // A list stands before its `@`; nested lists before one `@` each, or one for all.
      const next = at < steps.length && steps[at]?.field === null ? at + 1 : at;
      for (const item of value) walk(item, next, visit);
      return;
    }
    if (!isObject(value)) return;
    if (at > 0 && !fits(steps[at - 1] as Step, value)) return;
    if (at === steps.length) return visit(value);
    const { field } = steps[at] as Step;
    if (field === null) return walk(value, at + 1, visit);
    if (Object.hasOwn(value, field)) walk(value[field], at + 1, visit);
  }

  function walkWithPath(
    value: unknown,
    at: number,
    path: (string | number)[],
    visit: (e: Obj, p: (string | number)[]) => void,
  ): void {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      const next = at < steps.length && steps[at]?.field === null ? at + 1 : at;
      value.forEach((item, index) => {
        walkWithPath(item, next, [...path, index], visit);
      });
      return;
    }
    if (!isObject(value)) return;
    if (at > 0 && !fits(steps[at - 1] as Step, value)) return;
    if (at === steps.length) return visit(value, path);
    const { field } = steps[at] as Step;
    if (field === null) return walkWithPath(value, at + 1, path, visit);
    if (Object.hasOwn(value, field)) walkWithPath(value[field], at + 1, [...path, field], visit);
  }

  return {
    collect(root, visit) {
      const seen = new Set<Obj>();
      walk(root, 0, (entity) => {
        if (seen.has(entity)) return;
        seen.add(entity);
        visit(entity);
      });
    },
    locate: (root, visit) => walkWithPath(root, 0, [], visit),
    display: steps.flatMap((step) => (step.field === null ? [] : [step.field])),
  };
}
