import { notFound } from 'next/navigation';
import { SettingsRoles } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import type { Translate } from '#i18n/translate.ts';
import type { FormSection } from '#ui/RecordForm.tsx';
import { permissionOptions } from '../words.ts';
import type { Holder } from './holders.ts';

/** A role of the company by its id; without one the page is not found, or what else is to be done. */
export async function roleById(id: string, otherwise: () => never = notFound) {
  const { roles } = await ask(SettingsRoles, {});
  return roles.find((role) => role.id === id) ?? otherwise();
}

/** The form of a role: its name, and of the permissions those that the reader has and so may give. */
export const roleSections = (t: Translate, permissions: readonly string[]): readonly FormSection[] => [
  {
    title: t('settings.role'),
    fields: [
      { name: 'name', label: t('field.name'), kind: 'text', required: true, wide: true },
      {
        name: 'permissions',
        label: t('settings.permissions'),
        kind: 'choices',
        required: true,
        options: permissionOptions(t, permissions),
      },
    ],
  },
];

/** Who keeps a role from being deleted, in words. */
export const holdersText = (t: Translate, holders: readonly Holder[]): string =>
  holders.map(({ name, invited }) => (invited ? t('settings.invitedPerson', { name }) : name)).join(', ');
