import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from 'graphql';
import type { Limits } from '../options.ts';
import { RequestError } from '../report/errors.ts';

interface Size {
  depth: number;
  aliases: number;
  directives: number;
  fields: number;
  /** Introspection has a depth of its own that clients cannot choose; it does not count. */
  rootFields: number;
}

/** Fields after fragments are written out: a few fragments that use each other stand for billions. */
const fieldsMax = 10_000;

/**
 * Refuses documents that are dear to validate or plan, by looking at their syntax alone. Fragments count once for
 * each use, as if written out, and are measured once.
 * @throws RequestError OPERATION_TOO_COMPLEX
 */
export function checkLimits(document: DocumentNode, limits: Limits): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  checkLiterals(document);
  const measured = new Map<string, Size | 'open'>();
  const ofFragment = (name: string): Size | null => {
    const known = measured.get(name);
    // A fragment that reaches itself is refused by validation; here it must only not run forever.
    if (known === 'open') return null;
    if (known) return known;
    const fragment = fragments.get(name);
    if (!fragment) return null;
    measured.set(name, 'open');
    const size = measure(fragment.selectionSet, ofFragment);
    measured.set(name, size);
    return size;
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      check(measure(definition.selectionSet, ofFragment), definition.directives?.length ?? 0, limits);
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      const size = ofFragment(definition.name.value);
      if (size) check({ ...size, rootFields: 0 }, 0, limits);
    }
  }
}

function check(size: Size, operationDirectives: number, limits: Limits): void {
  const bounds: [string, number, number][] = [
    ['depth', size.depth, limits.depth],
    ['aliases', size.aliases, limits.aliases],
    ['directives', size.directives + operationDirectives, limits.directives],
    ['root fields', size.rootFields, limits.rootFields],
    ['fields', size.fields, fieldsMax],
  ];
  for (const [what, found, allowed] of bounds) {
    if (found > allowed) throw tooMany(what, allowed);
  }
}

/** Why an operation is refused that has too many of something. */
export function tooMany(what: string, allowed: number): RequestError {
  return new RequestError('OPERATION_TOO_COMPLEX', `The operation has more than ${allowed} ${what}.`, 400, {
    limit: { what, allowed },
  });
}

function measure(set: SelectionSetNode, ofFragment: (name: string) => Size | null): Size {
  const out: Size = { depth: 1, aliases: 0, directives: 0, fields: 0, rootFields: 0 };
  for (const selection of set.selections) {
    out.directives += selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) {
      out.rootFields++;
      out.fields++;
      if (selection.alias) out.aliases++;
      if (selection.selectionSet && !selection.name.value.startsWith('__')) {
        add(out, measure(selection.selectionSet, ofFragment), 1);
      }
      continue;
    }
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? measure(selection.selectionSet, ofFragment)
        : ofFragment(selection.name.value);
    if (inner) {
      add(out, inner, 0);
      out.rootFields += inner.rootFields;
    }
  }
  return out;
}

function add(out: Size, inner: Size, levels: number): void {
  out.depth = Math.max(out.depth, inner.depth + levels);
  out.aliases += inner.aliases;
  out.directives += inner.directives;
  out.fields += inner.fields;
}

/** Levels of lists and objects in a literal; validation of deeper ones takes time out of all proportion. */
const literalDepthMax = 40;

function checkLiterals(document: DocumentNode): void {
  let depth = 0;
  const enter = (): void => {
    if (++depth > literalDepthMax) {
      throw new RequestError('OPERATION_TOO_COMPLEX', `A value is nested more than ${literalDepthMax} levels deep.`);
    }
  };
  const leave = (): void => {
    depth--;
  };
  visit(document, { ListValue: { enter, leave }, ObjectValue: { enter, leave } });
}
