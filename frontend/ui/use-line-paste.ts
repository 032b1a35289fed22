import { useRef } from 'react';
import { useLanguage } from '#i18n/client.tsx';

/** Rows of a spreadsheet, read as lines. */
export interface Pasted<Line> {
  readonly count: number;
  /** More than are taken at once. */
  readonly left: number;
  /** Rows that name what there is not; their lines say so. */
  readonly unknown: number;
  readonly unknownCodes: readonly string[];
  /** The lines with the rows on them. */
  into(lines: readonly Line[]): readonly Line[];
}

export interface LinesNow<Line> {
  readonly lines: readonly Line[];
  onChange(lines: readonly Line[]): void;
  done(nextLine: number): void;
}

/** Takes rows of a spreadsheet into lines; how is fetched once somebody pastes. */
export function useLinePaste<Line>(
  lines: readonly Line[],
  onChange: (lines: readonly Line[]) => void,
  read: (text: string, at: number, from: string) => Promise<Pasted<Line>>,
  done: (nextLine: number) => void,
) {
  const { t } = useLanguage();
  const latest = useRef({ lines, onChange, done });
  latest.current = { lines, onChange, done };
  return (text: string, at: number, from: string) =>
    void import('./take-rows.ts').then(({ takeRows }) => takeRows(t, () => latest.current, at, read(text, at, from)));
}
