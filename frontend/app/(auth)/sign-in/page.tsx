import { language } from '#i18n/server.ts';
import { pageTitle } from '#shell/title.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';

export const generateMetadata = pageTitle('signIn.title');

const known = ['INVALID_CREDENTIALS', 'TOO_MANY_ATTEMPTS', 'NO_COMPANY'] as const;

/** A plain form: it works before, and without, any script, and the password only ever travels in a body. */
export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ error?: string; next?: string; email?: string }>;
}) {
  const [{ t }, { error, next, email }] = await Promise.all([language(), searchParams]);
  const code = known.find((each) => each === error) ?? 'other';
  return (
    <div className="signin-box">
      <header>
        <h1>{t('signIn.title')}</h1>
        <p className="muted">{t('signIn.lead')}</p>
      </header>
      {error && <Notice tone="danger" title={t(`signIn.error.${code}`)} />}
      <form action="/auth/sign-in" method="post">
        {next && <input type="hidden" name="next" value={next} />}
        <Field
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          defaultValue={email}
          required
          autoFocus={!email}
        />
        <Field
          label={t('signIn.password')}
          end={<a href="/forgot-password">{t('signIn.forgot')}</a>}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          autoFocus={Boolean(email)}
        />
        <button className="btn btn--primary" type="submit">
          {t('signIn.submit')}
        </button>
      </form>
      <p className="or">{t('signIn.or')}</p>
      <ButtonLink icon="plus" href="/sign-up">
        {t('signIn.create')}
      </ButtonLink>
    </div>
  );
}
