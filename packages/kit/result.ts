/** A failure that a user can cause: it becomes `payload.error`, never an exception. */
export interface Failure<Code extends string = string> {
  readonly ok: false;
  readonly code: Code;
  /** Values for the placeholders of the code's text, for example `{ sku: '85123A' }`. */
  readonly params: Readonly<Record<string, string>>;
  readonly fields: readonly FieldFault[];
}

/** A fault of one input field. `path` is dotted: `lines.0.quantity`. */
export interface FieldFault {
  readonly path: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string>>;
}

export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

export type Result<T, Code extends string = string> = Success<T> | Failure<Code>;

export const ok = <T>(value: T): Success<T> => ({ ok: true, value });

export const fail = <Code extends string>(
  code: Code,
  details: { params?: Record<string, string>; fields?: readonly FieldFault[] } = {},
): Failure<Code> => ({ ok: false, code, params: details.params ?? {}, fields: details.fields ?? [] });

/** What a bulk use case answered for its only item, with paths that do not count items: `items.0.name` becomes `name`. */
export function single<T, Code extends string>(result: Result<readonly T[], Code>): Result<T, Code> {
  if (result.ok) return ok(result.value[0] as T);
  const fields = result.fields.map((fault) => ({ ...fault, path: fault.path.replace(/^\w+\.0\.?/, '') }));
  // A fault of the item as a whole is the failure itself.
  return { ...result, fields: fields.filter(({ path }) => path !== '') };
}

/** The failures of single items, by their position in `items`, as one failure of the whole; null when there is none. */
export function failItems<Code extends string>(failures: ReadonlyMap<number, Failure<Code>>): Failure<Code> | null {
  const [first] = failures.values();
  if (!first) return null;
  const fields = [...failures].flatMap(([index, { code, params, fields: own }]): FieldFault[] => [
    { path: `items.${index}`, code, params },
    ...own.map((fault) => ({ ...fault, path: `items.${index}.${fault.path}` })),
  ]);
  return { ...first, fields };
}

/** A failure that belongs to one field. */
export const failField = <Code extends string>(code: Code, path: string, params: Record<string, string> = {}) =>
  fail(code, { params, fields: [{ path, code, params }] });
