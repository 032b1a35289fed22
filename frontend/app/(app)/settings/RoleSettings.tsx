import { SettingsRoles } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Allowed } from '#shell/Allowed.tsx';
import { ButtonLink } from '#ui/Button.tsx';
import { SectionHead } from '#ui/Doc.tsx';
import { Pill } from '#ui/Status.tsx';
import { permissionsText } from './words.ts';

/** What people may do here, by role: the ones every company has and its own. */
export async function RoleSettings() {
  const [{ t, format }, { roles }] = await Promise.all([language(), ask(SettingsRoles, {})]);
  return (
    <section>
      <SectionHead title={t('settings.roles')} count={format.integer(roles.length)}>
        <Allowed permission="users:manage">
          <ButtonLink kind="primary" size="sm" icon="plus" href="/settings/roles/new">
            {t('action.newRole')}
          </ButtonLink>
        </Allowed>
      </SectionHead>
      <div className="mini-list" tabIndex={0}>
        <table className="table table--cards">
          <thead>
            <tr>
              <th>{t('settings.role')}</th>
              <th>{t('settings.permissions')}</th>
            </tr>
          </thead>
          <tbody>
            {roles.map((role) => (
              <tr key={role.id}>
                <td className="medium">
                  <span className="row">
                    <a href={`/settings/roles/${role.id}`}>{role.name}</a>
                    {!role.builtIn && <Pill tone="info">{t('settings.ownRole')}</Pill>}
                  </span>
                </td>
                <td className="muted permissions">{permissionsText(t, role.permissions)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
