import { DeleteRole, SettingsPeople } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { viewer } from '#shell/viewer.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { DocHead, SectionHead } from '#ui/Doc.tsx';
import { Notice } from '#ui/States.tsx';
import { Pill } from '#ui/Status.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { RoleSelect } from '../../RoleSelect.tsx';
import { permissionText } from '../../words.ts';
import { holdersOf, mayChange } from '../holders.ts';
import { holdersText, roleById } from '../roles.ts';

/** One role: what it permits and who has it. One that is in use is deleted once its people have another. */
export default async function RolePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [{ t, format }, who, role] = await Promise.all([language(), viewer(), roleById(id)]);
  const canManage = who.permissions.includes('users:manage');
  const changeable = mayChange(role, who.permissions);
  const { users, roles, invitations } = await ask(SettingsPeople, { canManage });
  const nodes = <Node,>(edges: readonly { readonly node: Node }[] | undefined) => (edges ?? []).map(({ node }) => node);
  const holders = holdersOf(id, nodes(users?.edges), nodes(invitations?.edges));
  const options = roles.map(({ id: value, name: label }) => ({ value, label }));
  return (
    <Page
      crumbs={[
        { label: t('nav.settings'), href: '/settings' },
        { label: t('settings.roles'), href: '/settings?tab=roles' },
        { label: role.name },
      ]}
      permission="company:read"
    >
      <title>{`${role.name} · VALEO NeuroERP`}</title>
      <DocHead
        title={role.name}
        pills={<Pill tone="info">{t(role.builtIn ? 'settings.builtInRole' : 'settings.ownRole')}</Pill>}
        meta={role.builtIn && <span>{t('settings.builtInRoleText')}</span>}
      >
        {changeable && (
          <>
            {holders.length === 0 && (
              <WriteButton
                operation={DeleteRole}
                input={{ id }}
                kind="danger"
                icon="trash"
                question={t('settings.deleteRoleQuestion', { name: role.name })}
                saved={t('settings.roleDeleted', { name: role.name })}
                target="/settings?tab=roles"
              >
                {t('settings.delete')}
              </WriteButton>
            )}
            <ButtonLink kind="primary" icon="pencil" href={`/settings/roles/${id}/edit`} shortcut="E">
              {t('action.edit')}
            </ButtonLink>
          </>
        )}
      </DocHead>
      <div className="form-page settings">
        {changeable && holders.length > 0 && (
          <Notice title={t('settings.roleInUse', { count: holders.length })}>
            {t('settings.roleInUseText', { people: holdersText(t, holders) })}
          </Notice>
        )}
        <section>
          <SectionHead title={t('settings.permissions')} count={format.integer(role.permissions.length)} />
          <ul className="choices">
            {role.permissions.map((each) => (
              <li key={each}>{permissionText(t, each)}</li>
            ))}
          </ul>
        </section>
        <section>
          <SectionHead title={t('settings.roleHolders')} count={format.integer(holders.length)} />
          <div className="mini-list" tabIndex={0}>
            <table className="table table--cards">
              <tbody>
                {holders.map((holder) => (
                  <tr key={holder.id}>
                    <td className="medium">{holder.name}</td>
                    <td className="num">
                      {holder.invited ? (
                        t('settings.invited')
                      ) : canManage && holder.id !== who.id ? (
                        <RoleSelect userId={holder.id} roleId={id} roles={options} label={t('settings.role')} />
                      ) : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {holders.length === 0 && <p className="muted">{t('settings.roleUnused')}</p>}
        </section>
      </div>
    </Page>
  );
}
