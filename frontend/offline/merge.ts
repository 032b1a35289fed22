/** A field that two people have changed to different values. */
export interface Conflict {
  readonly path: string;
  /** What stood there before both. */
  readonly from: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Merged<Values> {
  readonly values: Values;
  readonly conflicts: readonly Conflict[];
  /** Fields that were taken from the other side. */
  readonly taken: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Equal as people see it: the key of a line is the screen's own business, and so is the order of an object's fields, which a draft
 * does not bring back from the server as it was.
 */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  return Object.keys({ ...one, ...other }).every((name) => name === 'key' || same(one[name], other[name]));
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/**
 * Merges what two people made of the same record, field by field: what only one of them changed is taken, what both changed
 * differently keeps mine and is a conflict to choose in. Lists of lines merge line by line while nobody added or removed one.
 */
export function merge<Values extends object>(base: Values, mine: Values, theirs: Values): Merged<Values> {
  const conflicts: Conflict[] = [];
  const taken: string[] = [];
  const field = (path: string, from: unknown, my: unknown, their: unknown): unknown => {
    if (same(my, their) || same(from, their)) return my;
    if (same(from, my)) {
      taken.push(path);
      return their;
    }
    const lines = [from, my, their].map(linesOf);
    const [fromLines, myLines, theirLines] = lines;
    if (fromLines && myLines && theirLines && lines.every((each) => each?.length === myLines.length)) {
      return myLines.map((line, at) =>
        fields(`${path}.${at}.`, fromLines[at] as Fields, line, theirLines[at] as Fields),
      );
    }
    conflicts.push({ path, from, mine: my, theirs: their });
    return my;
  };
  const fields = (prefix: string, from: Fields, my: Fields, their: Fields): Fields =>
    Object.fromEntries(
      Object.keys({ ...their, ...my }).map((name) => [
        name,
        name === 'key' ? my[name] : field(prefix + name, from[name], my[name], their[name]),
      ]),
    );
  return { values: fields('', base as Fields, mine as Fields, theirs as Fields) as Values, conflicts, taken };
}

function linesOf(value: unknown): readonly Fields[] | null {
  const isLine = (each: unknown) => each !== null && typeof each === 'object' && !Array.isArray(each);
  return Array.isArray(value) && value.every(isLine) ? (value as Fields[]) : null;
}

/**
 * The base of a form whose conflicts are not all resolved: where nobody has chosen yet, what stood there before both. A merge on top of
 * it finds the same conflicts again.
 */
export const baseBefore = <Values extends object>(base: Values, conflicts: readonly Conflict[]): Values =>
  conflicts.reduce((now, { path, from }) => withValue(now, path, from), base);

/** The values with one of them replaced, by a path such as `lines.0.quantity` or a name that has dots itself. */
export function withValue<Values>(values: Values, path: string, value: unknown): Values {
  const isName = values !== null && typeof values === 'object' && Object.hasOwn(values, path);
  const [first = '', ...rest] = isName ? [path] : path.split('.');
  const next = rest.length === 0 ? value : withValue((values as Fields)[first], rest.join('.'), value);
  if (Array.isArray(values)) return values.map((each, at) => (at === Number(first) ? next : each)) as Values;
  return { ...values, [first]: next } as Values;
}
