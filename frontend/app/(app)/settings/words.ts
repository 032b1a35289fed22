import Bowser from 'bowser';
import { de } from '#i18n/messages.de.ts';
import type { PlainKey, Translate } from '#i18n/translate.ts';

/** What a permission allows, in words; one that this build does not know stays as it is. */
export function permissionText(t: Translate, permission: string): string {
  const key = `permission.${permission}`;
  const text = t(key as PlainKey);
  return text === key ? permission : text;
}

const known = Object.keys(de).flatMap((key) => (key.startsWith('permission.') ? key.slice('permission.'.length) : []));

/** What a role or program may do, in one sentence. */
export const permissionsText = (t: Translate, permissions: readonly string[]): string =>
  known.every((each) => permissions.includes(each))
    ? t('settings.allPermissions')
    : permissions.map((each) => permissionText(t, each)).join(', ');

/** Permissions as the options of a field. */
export const permissionOptions = (t: Translate, permissions: readonly string[]) =>
  permissions.map((value) => ({ value, label: permissionText(t, value) }));

/** Browser and system as people name them; a program that is no browser stays as it calls itself. */
export function deviceText(t: Translate, userAgent: string | null | undefined): string {
  if (!userAgent) return '–';
  const { browser, os } = Bowser.parse(userAgent);
  if (!browser.name || !os.name) return userAgent;
  const [major = ''] = (browser.version ?? '').split('.');
  return t('settings.browserOn', { browser: `${browser.name} ${major}`.trim(), system: os.name });
}
