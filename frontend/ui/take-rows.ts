import type { Translate } from '#i18n/translate.ts';
import { toast } from './Toast.tsx';
import type { LinesNow, Pasted } from './use-line-paste.ts';

/** Puts what was pasted on the lines as they stand once it is read, and tells what became of it. */
export async function takeRows<Line>(t: Translate, now: () => LinesNow<Line>, at: number, read: Promise<Pasted<Line>>) {
  try {
    const { count, left, unknown, unknownCodes, into } = await read;
    const { lines, onChange, done } = now();
    onChange(into(lines));
    done(at + count);
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
}
