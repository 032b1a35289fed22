import { ChangePassword, UpdateProfile } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import type { PlainKey } from '#i18n/translate.ts';
import { viewer } from '#shell/viewer.ts';
import { RecordForm } from '#ui/RecordForm.tsx';

const displays = [
  ['theme', ['', 'light', 'dark']],
  ['contrast', ['', 'more']],
  ['density', ['compact', '', 'comfortable']],
  ['locale', ['de', 'en']],
] as const;

export async function ProfileSettings() {
  const [{ t, display, locale }, who] = await Promise.all([language(), viewer()]);
  const chosen = { ...display, locale };
  return (
    <>
      <RecordForm
        operation={UpdateProfile}
        mutation="updateProfile"
        object="user"
        sections={[
          {
            title: t('settings.profile'),
            fields: [
              { name: 'name', label: t('field.name'), kind: 'text', required: true },
              {
                name: 'locale',
                label: t('settings.mailLanguage'),
                kind: 'select',
                required: true,
                options: [
                  { value: 'de', label: 'Deutsch' },
                  { value: 'en', label: 'English' },
                ],
              },
            ],
          },
        ]}
        values={{ name: who.name, locale: who.locale }}
        submit={t('action.save')}
        saved={t('action.saved')}
      />
      <section className="settings-section">
        <h2>{t('settings.display')}</h2>
        {displays.map(([name, values]) => (
          <div className="demo-row" key={name}>
            <span className="settings-label">{t(`guide.${name}`)}</span>
            <div className="settings-choices" role="menu" aria-label={t(`guide.${name}`)}>
              {values.map((value) => (
                <button
                  type="button"
                  role="menuitemradio"
                  className="btn btn--sm"
                  key={value}
                  data-display={`${name}=${value}`}
                  aria-checked={(chosen[name] ?? '') === value}
                >
                  {t(`guide.${name}.${value || 'auto'}` as PlainKey)}
                </button>
              ))}
            </div>
          </div>
        ))}
      </section>
      <RecordForm
        operation={ChangePassword}
        mutation="changePassword"
        object="changed"
        again
        sections={[
          {
            title: t('settings.password'),
            fields: [
              { name: 'currentPassword', label: t('settings.currentPassword'), kind: 'password', required: true },
              {
                name: 'newPassword',
                label: t('settings.newPassword'),
                kind: 'password',
                required: true,
                hint: t('signUp.passwordHint'),
              },
            ],
          },
        ]}
        values={{}}
        submit={t('settings.changePassword')}
        saved={t('settings.passwordChanged')}
      />
    </>
  );
}
