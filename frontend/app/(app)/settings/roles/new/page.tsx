import { CreateRole } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { pageTitle } from '#shell/title.ts';
import { viewer } from '#shell/viewer.ts';
import { roleSections } from '../roles.ts';

export const generateMetadata = pageTitle('action.newRole');

export default async function NewRolePage() {
  const [{ t }, who] = await Promise.all([language(), viewer()]);
  return (
    <FormPage
      title={t('action.newRole')}
      crumbs={[
        { label: t('nav.settings'), href: '/settings' },
        { label: t('settings.roles'), href: '/settings?tab=roles' },
        { label: t('crumb.new') },
      ]}
      permission="users:manage"
      form={{
        operation: CreateRole,
        mutation: 'createRole',
        object: 'role',
        sections: roleSections(t, who.permissions),
        values: { name: '', permissions: [] },
        record: { form: 'identity.role', recordId: null, version: null },
        target: '/settings/roles/{id}',
        cancel: '/settings?tab=roles',
        submit: t('action.create'),
        saved: t('action.saved'),
      }}
    />
  );
}
