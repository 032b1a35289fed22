import { EndSession, SettingsSessions } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { viewer } from '#shell/viewer.ts';
import { SectionHead } from '#ui/Doc.tsx';
import { Pill } from '#ui/Status.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { deviceText } from './words.ts';

/** Where the reader is signed in; any of it can be ended. */
export async function SessionSettings() {
  const [{ t, format }, { sessions }, { id, company }] = await Promise.all([
    language(),
    ask(SettingsSessions, {}),
    viewer(),
  ]);
  return (
    <section>
      <SectionHead title={t('settings.sessions')} count={format.integer(sessions.length)} />
      {sessions.length > 1 && (
        <form action="/auth/sign-out" method="post" className="sign-out-all">
          <input type="hidden" name="owner" value={`${company.id}.${id}`} />
          <input type="hidden" name="everywhere" value="true" />
          <button type="submit" className="btn">
            {t('settings.signOutEverywhere')}
          </button>
          <span className="muted">{t('settings.signOutEverywhereHint')}</span>
        </form>
      )}
      <div className="mini-list" tabIndex={0}>
        <table className="table table--cards">
          <thead>
            <tr>
              <th>{t('settings.device')}</th>
              <th>{t('settings.ip')}</th>
              <th>{t('settings.lastUsed')}</th>
              <th>
                <span className="visually-hidden">{t('settings.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.id}>
                <td className="truncate user-agent" title={session.userAgent}>
                  {deviceText(t, session.userAgent)}
                </td>
                <td className="tabn muted" data-label={t('settings.ip')}>
                  {session.ip}
                </td>
                <td className="tabn" data-label={t('settings.lastUsed')}>
                  {format.dateTime(session.lastUsedAt)}
                </td>
                <td className="num">
                  {session.current ? (
                    <Pill tone="ok" plain>
                      {t('settings.thisDevice')}
                    </Pill>
                  ) : (
                    <WriteButton operation={EndSession} input={{ id: session.id }} kind="ghost" icon="x">
                      {t('settings.end')}
                    </WriteButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
