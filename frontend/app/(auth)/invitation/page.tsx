import { AcceptInvitation, InvitationPreview } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { pageTitle } from '#shell/title.ts';
import { RecordForm } from '#ui/RecordForm.tsx';
import { Notice } from '#ui/States.tsx';

export const generateMetadata = pageTitle('settings.invitation');

/** Where the link of an invitation leads: what one is invited to, and the way in. */
export default async function InvitationPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const [{ t, locale }, { token = '' }] = await Promise.all([language(), searchParams]);
  const { invitationPreview: invitation } = await ask(InvitationPreview, { token });
  if (!invitation) {
    return (
      <div className="signin-box">
        <h1>{t('invitation.gone')}</h1>
        <Notice tone="warn" title={t('invitation.goneText')} />
        <a href="/sign-in">{t('reset.back')}</a>
      </div>
    );
  }
  return (
    <div className="signin-box">
      <header>
        <h1>{invitation.companyName}</h1>
        <p className="muted">{t('invitation.lead', { role: invitation.roleName, email: invitation.email })}</p>
      </header>
      <RecordForm
        operation={AcceptInvitation}
        mutation="acceptInvitation"
        object="expiresAt"
        fixed={{ token, locale }}
        sections={[
          {
            title: '',
            fields: [
              ...(invitation.accountExists
                ? []
                : ([{ name: 'name', label: t('field.name'), kind: 'text', required: true, wide: true }] as const)),
              {
                name: 'password',
                label: t('signIn.password'),
                kind: 'password',
                required: true,
                wide: true,
                hint: invitation.accountExists ? t('invitation.existing') : t('signUp.passwordHint'),
              },
            ],
          },
        ]}
        values={{}}
        target="/"
        submit={t('invitation.accept')}
        saved={t('invitation.accepted')}
      />
    </div>
  );
}
