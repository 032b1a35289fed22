import { useRef } from 'react';
import { useLanguage } from '#i18n/client.tsx';
import { toast } from './Toast.tsx';

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

/** Takes rows of a spreadsheet into lines, on top of what stands there when they are read, and tells what became of them. */
export function useLinePaste<Line>(
  lines: readonly Line[],
  onChange: (lines: readonly Line[]) => void,
  read: (text: string, at: number, from: string) => Promise<Pasted<Line>>,
  done: (nextLine: number) => void,
) {
  const { t } = useLanguage();
  const latest = useRef({ lines, onChange, done });
  latest.current = { lines, onChange, done };
  return async (text: string, at: number, from: string): Promise<void> => {
    try {
      const { count, left, unknown, unknownCodes, into } = await read(text, at, from);
      const now = latest.current;
      now.onChange(into(now.lines));
      now.done(at + count);
      const said = [
        t('ui.paste.done', { count }),
        unknown > 0 && t('ui.paste.unknown', { count: unknown }),
        unknownCodes.length > 0 && t('ui.paste.unknownCodes', { codes: unknownCodes.slice(0, 5).join(', ') }),
        left > 0 && t('ui.paste.left', { count: left }),
      ].filter((text) => text !== false);
      toast({ tone: said.length > 1 ? 'danger' : 'ok', text: said.join(' ') });
    } catch {
      toast({ tone: 'danger', text: t('ui.paste.failed') });
    }
  };
}
