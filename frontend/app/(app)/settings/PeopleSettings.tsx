import { InviteUser, RemoveUser, RevokeInvitation, SettingsPeople } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { viewer } from '#shell/viewer.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { SectionHead } from '#ui/Doc.tsx';
import { RecordForm } from '#ui/RecordForm.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { RoleSelect } from './RoleSelect.tsx';

/** Who works here, what they may do, and who has been invited. */
export async function PeopleSettings() {
  const [{ t, format }, who] = await Promise.all([language(), viewer()]);
  const canManage = who.permissions.includes('users:manage');
  const { users, roles, invitations } = await ask(SettingsPeople, { canManage });
  const roleOptions = roles.map(({ id, name }) => ({ value: id, label: name }));
  const open = invitations?.edges ?? [];

  return (
    <>
      <section>
        <SectionHead title={t('settings.people')} count={format.integer(users?.totalCount ?? 0)}>
          <ButtonLink size="sm" href="/settings?tab=roles">
            {t('settings.showRoles')}
          </ButtonLink>
        </SectionHead>
        <div className="mini-list" tabIndex={0}>
          <table className="table table--cards">
            <thead>
              <tr>
                <th>{t('field.name')}</th>
                <th>{t('field.email')}</th>
                <th>{t('settings.role')}</th>
                <th>{t('settings.joinedAt')}</th>
                <th>
                  <span className="visually-hidden">{t('settings.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {users?.edges.map(({ node: user }) => (
                <tr key={user.id}>
                  <td className="medium">{user.name}</td>
                  <td data-label={t('field.email')}>{user.email}</td>
                  <td data-label={t('settings.role')}>
                    {canManage && user.id !== who.id ? (
                      <RoleSelect
                        userId={user.id}
                        roleId={user.role?.id ?? ''}
                        roles={roleOptions}
                        label={t('settings.role')}
                      />
                    ) : (
                      user.role && <a href={`/settings/roles/${user.role.id}`}>{user.role.name}</a>
                    )}
                  </td>
                  <td className="tabn muted" data-label={t('settings.joinedAt')}>
                    {format.dateTime(user.joinedAt)}
                  </td>
                  <td className="num">
                    {canManage && user.id !== who.id && (
                      <WriteButton
                        operation={RemoveUser}
                        input={{ userId: user.id }}
                        kind="ghost"
                        icon="trash"
                        question={t('settings.removeQuestion', { name: user.name })}
                      >
                        {t('settings.remove')}
                      </WriteButton>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {canManage && (
        <RecordForm
          operation={InviteUser}
          mutation="inviteUser"
          object="invitation"
          again
          sections={[
            {
              title: t('settings.invite'),
              fields: [
                { name: 'email', label: t('field.email'), kind: 'email', required: true },
                { name: 'roleId', label: t('settings.role'), kind: 'select', required: true, options: roleOptions },
              ],
            },
          ]}
          values={{ roleId: 'sales' }}
          submit={t('settings.sendInvitation')}
          saved={t('settings.invitationSent')}
        />
      )}
      {open.length > 0 && (
        <section>
          <SectionHead title={t('settings.invitations')} count={format.integer(open.length)} />
          <div className="mini-list" tabIndex={0}>
            <table className="table table--cards">
              <tbody>
                {open.map(({ node }) => (
                  <tr key={node.id}>
                    <td>{node.email}</td>
                    <td>{node.role?.name}</td>
                    <td className="tabn muted">{t('settings.expires', { date: format.dateTime(node.expiresAt) })}</td>
                    <td className="num">
                      <WriteButton operation={RevokeInvitation} input={{ id: node.id }} kind="ghost" icon="x">
                        {t('settings.revoke')}
                      </WriteButton>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </>
  );
}
