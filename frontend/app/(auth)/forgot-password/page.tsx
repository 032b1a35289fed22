import { RequestPasswordReset } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { pageTitle } from '#shell/title.ts';
import { RecordForm } from '#ui/RecordForm.tsx';
import { Notice } from '#ui/States.tsx';

export const generateMetadata = pageTitle('signIn.forgot');

export default async function ForgotPasswordPage({ searchParams }: { searchParams: Promise<{ sent?: string }> }) {
  const [{ t }, { sent }] = await Promise.all([language(), searchParams]);
  return (
    <div className="signin-box">
      <header>
        <h1>{t('signIn.forgot')}</h1>
        <p className="muted">{t('reset.lead')}</p>
      </header>
      {sent !== undefined ? (
        <Notice tone="ok" title={t('reset.sent')} />
      ) : (
        <RecordForm
          operation={RequestPasswordReset}
          mutation="requestPasswordReset"
          object="accepted"
          sections={[
            {
              title: '',
              fields: [{ name: 'email', label: t('signIn.email'), kind: 'email', required: true, wide: true }],
            },
          ]}
          values={{}}
          target="/forgot-password?sent"
          submit={t('reset.request')}
          saved={t('reset.sent')}
        />
      )}
      <a href="/sign-in">{t('reset.back')}</a>
    </div>
  );
}
