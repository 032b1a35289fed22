import { ResetPassword } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { pageTitle } from '#shell/title.ts';
import { RecordForm } from '#ui/RecordForm.tsx';

export const generateMetadata = pageTitle('settings.newPassword');

/** Where the link of the mail leads. */
export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const [{ t }, { token }] = await Promise.all([language(), searchParams]);
  return (
    <div className="signin-box">
      <header>
        <h1>{t('settings.newPassword')}</h1>
      </header>
      <RecordForm
        operation={ResetPassword}
        mutation="resetPassword"
        object="email"
        fixed={{ token: token ?? '' }}
        sections={[
          {
            title: '',
            fields: [
              {
                name: 'newPassword',
                label: t('settings.newPassword'),
                kind: 'password',
                required: true,
                wide: true,
                hint: t('signUp.passwordHint'),
              },
            ],
          },
        ]}
        values={{}}
        target="/sign-in"
        submit={t('settings.changePassword')}
        saved={t('settings.passwordChanged')}
      />
    </div>
  );
}
