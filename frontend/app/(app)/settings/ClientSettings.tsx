import { RevokeApiClient, SettingsClients } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { viewer } from '#shell/viewer.ts';
import { SectionHead } from '#ui/Doc.tsx';
import { Pill } from '#ui/Status.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { NewClient } from './NewClient.tsx';
import { permissionOptions, permissionsText } from './words.ts';

/** Programs with a key of their own. */
export async function ClientSettings() {
  const [{ t, format }, { apiClients }, who] = await Promise.all([language(), ask(SettingsClients, {}), viewer()]);
  const clients = (apiClients?.edges ?? []).map((edge) => edge.node);
  return (
    <>
      <section>
        <SectionHead title={t('settings.clients')} count={format.integer(clients.length)} />
        <div className="mini-list" tabIndex={0}>
          <table className="table table--cards">
            <thead>
              <tr>
                <th>{t('field.name')}</th>
                <th>{t('settings.key')}</th>
                <th>{t('settings.permissions')}</th>
                <th>{t('settings.lastUsed')}</th>
                <th>
                  <span className="visually-hidden">{t('settings.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {clients.map((client) => (
                <tr key={client.id}>
                  <td className="medium">{client.name}</td>
                  <td className="tabn muted" data-label={t('settings.key')}>
                    {client.keyHint}
                  </td>
                  <td className="muted permissions" title={client.scopes.join(' ')}>
                    {permissionsText(t, client.scopes)}
                  </td>
                  <td className="tabn" data-label={t('settings.lastUsed')}>
                    {client.lastUsedAt ? format.dateTime(client.lastUsedAt) : '–'}
                  </td>
                  <td className="num">
                    {client.status === 'ACTIVE' ? (
                      <WriteButton
                        operation={RevokeApiClient}
                        input={{ id: client.id }}
                        kind="ghost"
                        icon="x"
                        question={t('settings.revokeClientQuestion', { name: client.name })}
                      >
                        {t('settings.revoke')}
                      </WriteButton>
                    ) : (
                      <Pill tone="void">{t('settings.revoked')}</Pill>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <NewClient
        sections={[
          {
            title: t('settings.newClient'),
            fields: [
              { name: 'name', label: t('field.name'), kind: 'text', required: true },
              { name: 'budget', label: t('settings.budget'), kind: 'integer', hint: t('settings.budgetHint') },
              {
                name: 'scopes',
                label: t('settings.permissions'),
                kind: 'choices',
                required: true,
                options: permissionOptions(t, who.permissions),
              },
            ],
          },
        ]}
        submit={t('action.create')}
        saved={t('action.saved')}
      />
    </>
  );
}
