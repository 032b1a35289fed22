'use client';

import { createContext, type ReactNode, use, useMemo } from 'react';
import { type Formats, formats } from './format.ts';
import { type Locale, type Messages, type Translate, translator } from './translate.ts';

interface LanguageValue {
  readonly t: Translate;
  readonly format: Formats;
}

const LanguageContext = createContext<LanguageValue | null>(null);

/** Hands the active language, and only that one, to the components in the browser. */
export function LanguageProvider(props: { locale: Locale; messages: Messages; children: ReactNode }) {
  const { locale, messages } = props;
  const value = useMemo(() => ({ t: translator(locale, messages), format: formats(locale) }), [locale, messages]);
  return <LanguageContext value={value}>{props.children}</LanguageContext>;
}

export function useLanguage(): LanguageValue {
  const value = use(LanguageContext);
  if (!value) throw new Error('useLanguage needs a LanguageProvider above it');
  return value;
}
