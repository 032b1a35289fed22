import type { Removed } from '../authorisation/restrict.ts';
import { holds } from '../execute/selection.ts';
import type { Writing } from '../execute/shape.ts';
import type { Executable } from '../operations/executable.ts';
import type { ReportedError } from './errors.ts';

/** Everything an answer has to report: what was not allowed, what subgraphs reported, and nulls that nothing explains. */
export function allErrors(
  { removed }: Executable,
  fetched: readonly ReportedError[],
  { violations, variables }: Writing,
  signedIn: boolean,
): ReportedError[] {
  if (removed.length === 0 && fetched.length === 0 && violations.length === 0) return [];
  const asked = removed.filter(({ condition }) => holds(condition, variables));
  const once = [...new Map(asked.map((one) => [JSON.stringify([one.path, one.coordinate]), one])).values()];
  const told = withoutHidden(fetched, violations);
  return [...forbiddenErrors(once, signedIn), ...told, ...unexplained(violations, told, once, signedIn)];
}

/** What failed within an object that the caller may not see would tell of it. */
function withoutHidden(errors: readonly ReportedError[], violations: Writing['violations']): readonly ReportedError[] {
  const hidden = violations.flatMap(({ path, isForbidden }) => (isForbidden ? [path.toReversed()] : []));
  if (hidden.length === 0) return errors;
  return errors.filter(({ path = [] }) => !hidden.some((at) => at.length <= path.length && related(at, path)));
}

/** What tells a caller that he may not have these fields, and which scopes he lacks for them. */
export function forbiddenErrors(removed: readonly Removed[], signedIn: boolean): ReportedError[] {
  return removed.map(({ path, coordinate, missing }) => {
    const message = signedIn ? lacking(coordinate, missing) : signIn(coordinate);
    return { message, path, extensions: { code: codeFor(signedIn) } };
  });
}

const codeFor = (signedIn: boolean): string => (signedIn ? 'FORBIDDEN' : 'UNAUTHENTICATED');

const isUsed = (coordinate: string): boolean => coordinate.startsWith('Mutation.');

const signIn = (coordinate: string): string =>
  isUsed(coordinate) ? `Sign in to use ${coordinate}.` : `Sign in to see ${coordinate}.`;

function lacking(coordinate: string, { kind, anyOf }: Removed['missing']): string {
  const needed = kind === 'scopes' ? scopesOf(anyOf) : '';
  if (isUsed(coordinate))
    return needed ? `You may not use ${coordinate}, which needs ${needed}.` : `You may not use ${coordinate}.`;
  return needed ? `You may not see ${coordinate}, which needs ${needed}.` : `You may not see ${coordinate}.`;
}

/** `a + b | c`: a and b together, or c alone. */
const scopesOf = (anyOf: Removed['missing']['anyOf']): string => anyOf.map((group) => group.join(' + ')).join(' | ');

/**
 * A null where none may be is an error of its own only when nothing has explained it: a null that follows from a reported
 * error would only repeat it.
 */
function unexplained(
  violations: Writing['violations'],
  errors: readonly ReportedError[],
  removed: readonly Removed[],
  signedIn: boolean,
): ReportedError[] {
  return violations.flatMap(({ message, path: reversed, isForbidden }) => {
    const path = reversed.toReversed();
    const names = path.filter((element) => typeof element === 'string');
    const explained =
      errors.some((error) => !error.path || related(error.path, path)) ||
      removed.some((one) => related(one.path, names));
    const code = isForbidden ? codeFor(signedIn) : 'INVALID_SUBGRAPH_ANSWER';
    return explained ? [] : [{ message, path, extensions: { code } }];
  });
}

function related(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}
