import type { FetchDataRewrite } from '@apollo/query-planner';
import { isObject, type Obj } from './run.ts';
import type { TypeTest } from './types.ts';

export type Rewrite = (value: unknown) => void;

const fragment = '... on ';

/**
 * Compiles the planner's rewrites: a field that two subgraphs answer differently travels under another name and gets
 * its own back; an interface object is sent under its interface's name.
 */
export function compileRewrites(rewrites: readonly FetchDataRewrite[] | undefined, isA: TypeTest): Rewrite | null {
  if (!rewrites?.length) return null;
  const compiled = rewrites.map((rewrite) => compileRewrite(rewrite, isA));
  return (value) => {
    for (const apply of compiled) apply(value);
  };
}

function compileRewrite(rewrite: FetchDataRewrite, isA: TypeTest): Rewrite {
  const path = rewrite.path.slice(0, -1);
  const last = rewrite.path.at(-1) as string;
  const change: (value: Obj) => void =
    rewrite.kind === 'ValueSetter'
      ? (value) => {
          value[last] = rewrite.setValueTo;
        }
      : (value) => {
          if (!Object.hasOwn(value, last)) return;
          value[rewrite.renameKeyTo] = value[last];
          delete value[last];
        };
  return (value) => at(value, path, 0, change, isA);
}

function at(value: unknown, path: readonly string[], index: number, change: (value: Obj) => void, isA: TypeTest): void {
  if (Array.isArray(value)) {
    for (const item of value) at(item, path, index, change, isA);
    return;
  }
  if (!isObject(value)) return;
  const element = path[index];
  if (element === undefined) return change(value);
  if (element.startsWith(fragment)) {
    const typename = value.__typename;
    if (typeof typename !== 'string' || isA(typename, element.slice(fragment.length))) {
      at(value, path, index + 1, change, isA);
    }
    return;
  }
  if (Object.hasOwn(value, element)) at(value[element], path, index + 1, change, isA);
}
