import { redirect } from 'next/navigation';
import { UpdateRole } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { leftBehind } from '#offline/left-behind.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { viewer } from '#shell/viewer.ts';
import { mayChange } from '../../holders.ts';
import { roleById, roleSections } from '../../roles.ts';

export default async function EditRolePage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ draft?: string }>;
}) {
  const [{ id }, { draft }] = await Promise.all([params, searchParams]);
  const leave = () => leftBehind('identity.role', id, draft, false);
  const [{ t }, who, role] = await Promise.all([language(), viewer(), roleById(id, leave)]);
  if (!mayChange(role, who.permissions)) redirect(`/settings/roles/${id}`);
  return (
    <FormPage
      title={role.name}
      crumbs={[
        { label: t('nav.settings'), href: '/settings' },
        { label: t('settings.roles'), href: '/settings?tab=roles' },
        { label: role.name, href: `/settings/roles/${id}` },
        { label: t('action.edit') },
      ]}
      permission="users:manage"
      form={{
        operation: UpdateRole,
        mutation: 'updateRole',
        object: 'role',
        sections: roleSections(t, who.permissions),
        fixed: { id, version: role.version },
        values: { name: role.name, permissions: role.permissions },
        record: { form: 'identity.role', recordId: id, version: role.version },
        target: `/settings/roles/${id}`,
        cancel: `/settings/roles/${id}`,
        submit: t('action.save'),
        saved: t('action.saved'),
      }}
    />
  );
}
