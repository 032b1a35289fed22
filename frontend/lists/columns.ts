import type { MessageKey, PlainKey, Translate } from '#i18n/translate.ts';
import type { CellKind, Column, FilterType, ValueLook } from '#ui/DataTable/definition.ts';
import type { StatusTone } from '#ui/Status.tsx';

type FieldKey = Extract<PlainKey, `field.${string}`> extends `field.${infer Name}` ? Name : never;

interface Options {
  /** Where the value stands, when it is not the field of the same name. */
  readonly path?: string;
  readonly label?: FieldKey;
  readonly empty?: string;
  /** Width in px; without one the column takes what is left. */
  readonly width?: number;
  /** True: the graph sorts by this field; a text names another field. */
  readonly sort?: boolean | string;
  readonly filter?: boolean | string;
  readonly filterType?: FilterType;
  readonly values?: Readonly<Record<string, ValueLook>>;
  readonly countryPath?: string;
  readonly href?: string;
  readonly choices?: Column['choices'];
  readonly rules?: Column['rules'];
  readonly look?: Column['look'];
  readonly card?: Column['card'];
  readonly spare?: boolean;
  /** True: a change is sent in the input field of the same name. */
  readonly edit?: boolean;
  readonly required?: boolean;
  readonly emptyText?: boolean;
  readonly whole?: boolean;
}

const typeOfKind: Readonly<Partial<Record<CellKind, FilterType>>> = {
  date: 'date',
  dateTime: 'date',
  amount: 'number',
  quantity: 'number',
  percent: 'number',
  status: 'enum',
  yesNo: 'yesNo',
};

const widthOfKind: Readonly<Partial<Record<CellKind, number>>> = {
  link: 136,
  code: 96,
  date: 104,
  dateTime: 150,
  amount: 116,
  quantity: 92,
  percent: 84,
  status: 132,
  country: 150,
  yesNo: 84,
};

/** Describes columns in the reader's language; a field of the graph gives its name to label, path, order and filter. */
export function columnsIn(t: Translate) {
  return (kind: CellKind, key: FieldKey, options: Options = {}): Column => {
    const { sort, filter, edit, label = key, ...rest } = options;
    const filterType = options.filterType ?? typeOfKind[kind] ?? 'text';
    return {
      ...rest,
      key,
      label: t(`field.${label}` as PlainKey),
      kind,
      path: options.path ?? (kind === 'amount' ? `${key}.amount` : key),
      width: options.width ?? widthOfKind[kind] ?? null,
      sort: sort === true ? constantCase(key) : sort || undefined,
      filter: filter === true ? key : filter || undefined,
      filterType: filter ? filterType : undefined,
      edit: edit ? key : undefined,
    };
  };
}

type EnumName = Extract<MessageKey, `enum.${string}`> extends `enum.${infer Name}.${string}` ? Name : never;
type ValueOf<Name extends EnumName> =
  Extract<MessageKey, `enum.${Name}.${string}`> extends `enum.${Name}.${infer Value}` ? Value : never;

/** Words for the values of an enum, each with its glyph where the value is a state. All values must be named. */
export function valuesOf<Name extends EnumName>(
  t: Translate,
  name: Name,
  tones: Readonly<Record<ValueOf<Name>, StatusTone | null>>,
): Readonly<Record<string, ValueLook>> {
  return Object.fromEntries(
    Object.entries(tones).map(([value, tone]) => [
      value,
      { label: t(`enum.${name}.${value}` as PlainKey), tone: (tone as StatusTone | null) ?? undefined },
    ]),
  );
}

/** The word and glyph for what is late, in a column of states whose rules end in `OVERDUE`. */
export const lateLook = (t: Translate): Readonly<Record<'OVERDUE', ValueLook>> => ({
  OVERDUE: { label: t('enum.PaymentStatus.OVERDUE'), tone: 'over' },
});

/** `issuedOn` to `ISSUED_ON`, as the graph names orders. */
function constantCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** Looks of some of the values. */
export function pick(looks: Readonly<Record<string, ValueLook>>, ...names: string[]): Record<string, ValueLook> {
  return Object.fromEntries(Object.entries(looks).filter(([name]) => names.includes(name)));
}
