import type { Translate } from '#i18n/translate.ts';

/** What something between browser and server refuses has no sentence of its own; null for what the graph has said. */
export function proxyText(t: Translate, { code }: { readonly code: string }): string | null {
  if (code === 'HTTP_413') return t('ui.outbox.tooLarge');
  const [, status] = /^HTTP_(4\d\d)$/.exec(code) ?? [];
  return status ? t('ui.outbox.proxyRefused', { status }) : null;
}
