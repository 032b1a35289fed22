import type { Locale } from './caller.ts';

/**
 * Sentences per code and language. `{name}` is replaced by the parameter of that name; `{name:money}`, `{name:number}`, `{name:day}`
 * and `{name:month}` by it as it is read in that language.
 */
export type Texts = Readonly<Record<string, Readonly<Record<Locale, string>>>>;

/** Codes that any mutation or query can answer with. */
export const commonTexts: Texts = {
  INVALID_INPUT: { de: 'Die Eingabe ist fehlerhaft.', en: 'The input has faults.' },
  NOT_FOUND: { de: 'Der Datensatz wurde nicht gefunden.', en: 'The record was not found.' },
  CONFLICT: {
    de: 'Der Datensatz wurde inzwischen geändert. Bitte den neuen Stand ansehen und die eigene Änderung noch einmal vornehmen.',
    en: 'The record has been changed in the meantime. Please look at it as it is now and make your change again.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    de: 'Dieser Idempotenzschlüssel wurde schon mit einer anderen Eingabe verwendet.',
    en: 'This idempotency key has been used with another input.',
  },
  UNAUTHENTICATED: { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' },
  FORBIDDEN: { de: 'Dafür fehlt Ihnen das Recht {permission}.', en: 'You lack the permission {permission}.' },
  PAGE_TOO_LARGE: {
    de: 'Eine Seite darf 1 bis {max} Einträge haben, verlangt waren {found}.',
    en: 'A page may have 1 to {max} entries, {found} were asked for.',
  },
  INVALID_PAGING: {
    de: 'Nur eine Richtung ist erlaubt: first mit after oder at, oder last mit before. at ist eine Zeilennummer ab 0.',
    en: 'Only one direction is allowed: first with after or at, or last with before. at is the number of a row, from 0.',
  },
  INVALID_CURSOR: {
    de: 'Der Cursor ist fehlerhaft oder gehört zu einer anderen Sortierung.',
    en: 'The cursor is malformed or belongs to another order.',
  },
  FILTER_TOO_LARGE: {
    de: 'Der Filter hat mehr als {max} Bedingungen.',
    en: 'The filter has more than {max} conditions.',
  },
  METHOD_NOT_ALLOWED: {
    de: 'Diese Adresse kennt die HTTP-Methode nicht.',
    en: 'This address does not take this HTTP method.',
  },
  FILE_TOO_LARGE: { de: 'Die Datei ist zu groß.', en: 'The file is too large.' },
  STORAGE_FULL: {
    de: 'Der Speicherplatz des Unternehmens für Dateien ist aufgebraucht.',
    en: 'The company has used up its space for files.',
  },
  INTERNAL: {
    de: 'Ein unerwarteter Fehler ist aufgetreten. Er wurde aufgezeichnet.',
    en: 'An unexpected error occurred. It has been recorded.',
  },
  REQUIRED: { de: 'Dieses Feld wird gebraucht.', en: 'This field is required.' },
  INVALID_ID: { de: 'Das ist keine gültige Kennung.', en: 'This is not a valid id.' },
  INVALID_DECIMAL: {
    de: 'Bitte eine Dezimalzahl mit höchstens {scale} Nachkommastellen und Punkt angeben.',
    en: 'Please give a decimal with a point and at most {scale} places.',
  },
  INVALID_DATE: {
    de: 'Bitte ein Datum der Form JJJJ-MM-TT angeben.',
    en: 'Please give a date of the form YYYY-MM-DD.',
  },
  DATE_OUT_OF_RANGE: {
    de: 'Das Datum muss zwischen {from:day} und {to:day} liegen.',
    en: 'The date must be between {from:day} and {to:day}.',
  },
  INVALID_EMAIL: { de: 'Das ist keine gültige E-Mail-Adresse.', en: 'This is not a valid e-mail address.' },
  INVALID_FORMAT: { de: 'Das Format stimmt nicht.', en: 'The format is wrong.' },
  INVALID_VALUE: { de: 'Dieser Wert ist nicht erlaubt.', en: 'This value is not allowed.' },
  TOO_SHORT: { de: 'Mindestens {min} gebraucht.', en: 'At least {min} needed.' },
  TOO_LONG: { de: 'Höchstens {max} erlaubt.', en: 'At most {max} allowed.' },
  TOO_SMALL: { de: 'Der Wert muss mindestens {min} sein.', en: 'The value must be at least {min}.' },
  TOO_BIG: { de: 'Der Wert darf höchstens {max} sein.', en: 'The value must be at most {max}.' },
  MUST_BE_POSITIVE: { de: 'Der Wert muss größer als null sein.', en: 'The value must be greater than zero.' },
  MUST_NOT_BE_NEGATIVE: { de: 'Der Wert darf nicht negativ sein.', en: 'The value must not be negative.' },
  INVALID_VAT_ID: {
    de: 'Das ist keine gültige USt-IdNr.; sie beginnt mit dem Länderkürzel, z. B. DE.',
    en: 'This is not a valid VAT id; it begins with the country, for example DE.',
  },
  WRONG_CHECK_DIGIT: {
    de: 'Die Prüfziffer stimmt nicht. Bitte auf Zahlendreher prüfen.',
    en: 'The check digit is wrong. Please look for swapped digits.',
  },
  INVALID_TAX_NUMBER: { de: 'Das ist keine gültige Steuernummer.', en: 'This is not a valid German tax number.' },
  INVALID_IBAN: { de: 'Das ist keine gültige IBAN.', en: 'This is not a valid IBAN.' },
  INVALID_BIC: { de: 'Das ist kein gültiger BIC.', en: 'This is not a valid BIC.' },
  CHANGED_MEANWHILE: {
    de: 'Inzwischen steht hier „{actual}“, Ihre Eingabe ist „{expected}“.',
    en: 'This is “{actual}” by now, your input is “{expected}”.',
  },
  UNKNOWN_FIELD: { de: 'Dieses Feld ist unbekannt.', en: 'This field is unknown.' },
};

const DIGITS = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;
const WORDS = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const LANGUAGES = { de: 'de-DE', en: 'en-GB' } as const;
const eachLanguage = <Format>(make: (language: string) => Format): Readonly<Record<Locale, Format>> => ({
  de: make(LANGUAGES.de),
  en: make(LANGUAGES.en),
});
const money = eachLanguage((language) => new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' }));
const number = eachLanguage((language) => new Intl.NumberFormat(language, { maximumFractionDigits: 4 }));
const day = eachLanguage(
  (language) => new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...(language === LANGUAGES.de ? DIGITS : WORDS) }),
);
const month = eachLanguage(
  (language) => new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'long', year: 'numeric' }),
);

/** How values are read; what is none of the kind stays as it is. */
const FORMATS: Readonly<Record<string, (value: string, locale: Locale) => string>> = {
  money: (value, locale) => money[locale].format(value as `${number}`),
  number: (value, locale) => number[locale].format(value as `${number}`),
  day: (value, locale) => (/^\d{4}-\d\d-\d\d$/.test(value) ? day[locale].format(new Date(value)) : value),
  month: (value, locale) => (/^\d{4}-\d\d$/.test(value) ? month[locale].format(new Date(value)) : value),
};

/**
 * Fills the sentence of a code. A fault may say another sentence than that of its code, by its parameter `sentence`, which names
 * one of another code or, as `CODE.case`, one for a case of its own. An unknown code
 * is a bug and says so by showing the bare code.
 */
export function textOf(
  texts: Texts,
  code: string,
  locale: Locale,
  params: Readonly<Record<string, string>> = {},
): string {
  const key = params.sentence ?? code;
  const sentence = texts[key]?.[locale] ?? commonTexts[key]?.[locale] ?? code;
  return sentence.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, format?: string) => {
    const value = params[name] ?? '';
    return (format && FORMATS[format]?.(value, locale)) ?? value;
  });
}
