import type { Translate } from '#i18n/translate.ts';
import { proxyText } from '#offline/proxy-text.ts';
import { maxBytes, maxWaitingBytes } from './attach.ts';

const megabytes = (bytes: number) => String(bytes / 2 ** 20);

/** Why a file was not taken, as a sentence. */
export function refusalText(
  t: Translate,
  { code, message }: { readonly code: string; readonly message: string },
): string {
  if (code === 'TOO_LARGE') return t('ui.attachment.tooLarge', { max: megabytes(maxBytes) });
  if (code === 'NO_ROOM') return t('ui.attachment.noRoom', { max: megabytes(maxWaitingBytes) });
  if (code === 'REFERENCE_DISCARDED') return t('ui.outbox.referenceDiscarded');
  return proxyText(t, { code }) ?? (message || t('ui.offline.only'));
}
