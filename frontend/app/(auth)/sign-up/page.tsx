import { language } from '#i18n/server.ts';
import { pageTitle } from '#shell/title.ts';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';

export const generateMetadata = pageTitle('signUp.title');

const known = ['EMAIL_TAKEN', 'WEAK_PASSWORD', 'TOO_MANY_ATTEMPTS'] as const;

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ error?: string; email?: string; companyName?: string }>;
}) {
  const [{ t, locale }, { error, email, companyName }] = await Promise.all([language(), searchParams]);
  const code = known.find((each) => each === error) ?? 'other';
  return (
    <div className="signin-box">
      <header>
        <h1>{t('signUp.title')}</h1>
        <p className="muted">{t('signUp.lead')}</p>
      </header>
      {error && <Notice tone="danger" title={t(`signUp.error.${code}`)} />}
      <form action="/auth/sign-up" method="post">
        <input type="hidden" name="locale" value={locale} />
        <Field
          label={t('signUp.companyName')}
          name="companyName"
          autoComplete="organization"
          defaultValue={companyName}
          required
          autoFocus
        />
        <Field
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          defaultValue={email}
          required
        />
        <Field
          label={t('signIn.password')}
          type="password"
          name="password"
          autoComplete="new-password"
          minLength={12}
          hint={t('signUp.passwordHint')}
          required
        />
        <button className="btn btn--primary" type="submit">
          {t('signUp.submit')}
        </button>
      </form>
      <a href="/sign-in">{t('signUp.back')}</a>
    </div>
  );
}
