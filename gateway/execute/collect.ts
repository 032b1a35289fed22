import { isObject, type Obj } from './run.ts';
import type { TypeTest } from './types.ts';

/** One step of a plan's path: into a field, and only for objects of certain types. Lists are entered wherever they stand. */
interface Step {
  readonly field: string;
  /** What the objects found there must be, by the path's type conditions. */
  readonly types: readonly string[] | null;
}

export interface Position {
  /**
   * The objects at this place of the answer, each once.
   * @param sharesObjects whether some may stand at several places.
   */
  collect(root: Obj, sharesObjects: boolean): Iterable<Obj>;
  /** Calls `visit` for each place with its path in the answer; used to report errors, so it may be slow. */
  locate(root: Obj, visit: (entity: Obj, path: (string | number)[]) => void): void;
  readonly display: (string | number)[];
}

/** Reads a path such as `["users", "@", "works|[Book]", "@", "author"]`. */
function stepsOf(path: readonly (string | number)[]): Step[] {
  const steps: Step[] = [];
  for (const element of path) {
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
    if (field !== '@' && field !== '') steps.push({ field, types });
    else if (types) {
      const last = steps.pop() ?? { field: '', types: null };
      steps.push({ field: last.field, types: last.types ? last.types.filter((type) => types.includes(type)) : types });
    }
  }
  return steps.filter(({ field }) => field !== '');
}

/** Whether objects of a type are not for the caller, wherever they stand; null where none are. */
export type Hides = ((typename: string) => boolean) | null;

/**
 * Compiles a path of a plan. It does not lead to or through what is hidden: whatever were asked for in its name would tell of it, by its
 * errors and by the time it takes.
 */
export function position(path: readonly (string | number)[], isA: TypeTest, hides: Hides): Position {
  const steps = stepsOf(path);
  const isHidden = ({ __typename }: Obj): boolean =>
    hides !== null && typeof __typename === 'string' && hides(__typename);

  function add(value: unknown, types: readonly string[] | null, found: Obj[]): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) add(value[i], types, found);
      return;
    }
    const object = value as Obj;
    if (types !== null && !types.some((type) => isA(String(object.__typename), type))) return;
    if (hides !== null && isHidden(object)) return;
    found.push(object);
  }

  function locate(
    value: unknown,
    at: number,
    path: (string | number)[],
    visit: (e: Obj, p: (string | number)[]) => void,
  ): void {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        locate(item, at, [...path, index], visit);
      });
      return;
    }
    if (!isObject(value) || isHidden(value)) return;
    const types = at === 0 ? null : (steps[at - 1] as Step).types;
    if (types && !types.some((type) => isA(String(value.__typename), type))) return;
    if (at === steps.length) return visit(value, path);
    const { field } = steps[at] as Step;
    if (Object.hasOwn(value, field)) locate(value[field], at + 1, [...path, field], visit);
  }

  return {
    collect(root, sharesObjects) {
      let current: Obj[] = [root];
      for (let at = 0; at < steps.length; at++) {
        const { field, types } = steps[at] as Step;
        const next: Obj[] = [];
        if (sharesObjects) {
          // What is shared is gone through once, or each level would multiply the work.
          const values = new Set<unknown>();
          for (let i = 0; i < current.length; i++) values.add((current[i] as Obj)[field]);
          for (const value of values) add(value, types, next);
        } else for (let i = 0; i < current.length; i++) add((current[i] as Obj)[field], types, next);
        if (next.length === 0) return next;
        current = next;
      }
      return sharesObjects ? new Set(current) : current;
    },
    locate: (root, visit) => locate(root, 0, [], visit),
    display: steps.map(({ field }) => field),
  };
}
