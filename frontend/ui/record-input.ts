import { parseDecimal } from './decimal-input.ts';

export interface FormField {
  /** Place in the input, parts joined by dots: `billingAddress.city`. */
  readonly name: string;
  readonly label: string;
  readonly kind:
    | 'text'
    | 'email'
    | 'date'
    | 'decimal'
    | 'integer'
    | 'select'
    | 'choices'
    | 'note'
    /** A business partner: id, name and more about it. */
    | 'partner'
    /** Two letters, chosen by name. */
    | 'country'
    | 'password'
    | 'yesNo';
  readonly required?: boolean;
  /** Field whose value stands in for an empty one, where anything of its group is filled in. */
  readonly orElse?: string;
  readonly hint?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly wide?: boolean;
}

export interface FormSection {
  readonly title: string;
  readonly fields: readonly FormField[];
}

export type FormValues = Readonly<Record<string, string | readonly string[]>>;

/** The input as the graph takes it: nested by path, numbers plain, empty fields null. */
export function readInput(
  props: { readonly sections: readonly FormSection[]; readonly fixed?: Readonly<Record<string, unknown>> },
  values: FormValues,
  locale: 'de' | 'en',
  words: { required: string; number: string },
): { input: Record<string, unknown>; faults: Record<string, string> } {
  const faults: Record<string, string> = {};
  const input: Record<string, unknown> = { ...props.fixed };
  const fields = props.sections.flatMap((section) => section.fields);
  for (const { name, kind, required } of fields) {
    const value = values[name] ?? '';
    if (typeof value !== 'string') {
      if (required && value.length === 0) faults[name] = words.required;
      put(input, name, kind === 'partner' ? (value[0] ?? null) : value);
      continue;
    }
    const text = kind === 'password' ? value : value.trim();
    if (text === '') {
      if (required) faults[name] = words.required;
      put(input, name, null);
    } else if (kind === 'decimal') {
      const decimal = parseDecimal(text, locale);
      if (decimal === null) faults[name] = words.number;
      put(input, name, decimal);
    } else if (kind === 'integer') {
      if (!/^-?\d{1,9}$/.test(text)) faults[name] = words.number;
      put(input, name, Number(text));
    } else put(input, name, kind === 'yesNo' ? text === 'true' : text);
  }
  const whole = withoutEmptyGroups(input);
  for (const { name, orElse } of fields) {
    const [group = '', part = ''] = name.split('.');
    const filled = whole[group] as Record<string, unknown> | null;
    if (orElse && filled) filled[part] ??= whole[orElse];
  }
  return { input: whole, faults };
}

function put(input: Record<string, unknown>, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    input[first] = value;
    return;
  }
  input[first] ??= {};
  put(input[first] as Record<string, unknown>, rest.join('.'), value);
}

/** A group of which nothing is filled in, such as an address, is absent as a whole. */
function withoutEmptyGroups(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const isGroup = value !== null && typeof value === 'object' && !Array.isArray(value);
      return [name, isGroup && Object.values(value).every((each) => each === null) ? null : value];
    }),
  );
}

/** A value as people read it: the words of what was chosen. */
export function shownValue(
  field: FormField | undefined,
  value: unknown,
  country: (code: string) => string = String,
): string {
  const worded = (each: unknown) =>
    field?.options?.find((option) => option.value === each)?.label ?? String(each ?? '');
  if (field?.kind === 'country') return value ? country(String(value)) : '';
  if (field?.kind === 'partner') return String((value as readonly string[])[1] ?? '');
  return Array.isArray(value) ? value.map(worded).join(', ') : worded(value);
}

/**
 * Where faults of the graph stand in a form: one of a part of a field, such as of one of several choices, at the field; one of
 * something that the form does not show is left over, to be said at its head.
 */
export function faultsByField(
  faults: readonly { readonly path: string; readonly message: string }[],
  fields: readonly FormField[],
): { readonly errors: Readonly<Record<string, string>>; readonly rest: readonly string[] } {
  const errors: Record<string, string> = {};
  const rest: string[] = [];
  for (const { path, message } of faults) {
    const field = fields.find(({ name }) => path === name || path.startsWith(`${name}.`));
    if (!field) rest.push(message);
    else if (!errors[field.name]?.includes(message))
      errors[field.name] = [errors[field.name], message].filter(Boolean).join(' ');
  }
  return { errors, rest };
}
