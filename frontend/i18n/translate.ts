import { numberText } from './format.ts';
import type { de } from './messages.de.ts';

export type Locale = 'de' | 'en';
export type MessageKey = keyof typeof de;
export type Messages = Readonly<Record<string, string>>;

type ParamNames<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;
type Params<Key extends MessageKey> = { readonly [Name in ParamNames<(typeof de)[Key]>]: string | number };

/** Messages without parameters. */
export type PlainKey = { [Key in MessageKey]: keyof Params<Key> extends never ? Key : never }[MessageKey];

/** Looks a message up. A message that names parameters cannot be asked for without them. */
export type Translate = <Key extends MessageKey>(
  key: Key,
  ...params: keyof Params<Key> extends never ? [] : [Params<Key>]
) => string;

/**
 * Translations of one language. A message of the form `one|other` chooses by the parameter `count`; numbers in
 * parameters are written the way the language writes them.
 */
export function translator(locale: Locale, messages: Messages): Translate {
  return (key, ...[params]) => {
    const values = params as Record<string, string | number> | undefined;
    const text = messages[key];
    if (text === undefined) return key;
    const [one, other] = text.split('|');
    // Both languages have one form for exactly one and another for everything else.
    const form = other !== undefined && Number(values?.count) !== 1 ? other : (one as string);
    if (!values) return form;
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === 'number' ? numberText(locale, value) : value;
    });
  };
}

/** The part of a catalogue that components in the browser use: everything below `ui.`. */
export function browserMessages(messages: Messages): Messages {
  return Object.fromEntries(Object.entries(messages).filter(([key]) => key.startsWith('ui.')));
}
