'use client';

import { type FormEvent, useState } from 'react';
import { SessionOwner, SignInAgain as SignIn, SwitchCompany } from '#graphql/_generated/operations.ts';
import { requestOnce } from '#graphql/client.ts';
import type { GraphFault } from '#graphql/operation.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { pageOwner } from './session.ts';

/** Asks for the password where the session ended, so that nothing on the page is lost. Only the same person comes back in. */
export default function SignInAgain({ onDone }: { onDone: (done: boolean) => void }) {
  const { t } = useLanguage();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const page = pageOwner();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!page) return;
    setBusy(true);
    setError(null);
    try {
      const { signIn } = await requestOnce(SignIn, { input: { email: page.email, password } });
      if (signIn.error) return setError(signIn.error.message);
      await returnTo(page.owner);
      onDone(true);
    } catch (fault) {
      setError((fault as GraphFault).code === 'OFFLINE' ? t('ui.offline') : (fault as Error).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t('ui.session.title')}
      onClose={() => onDone(false)}
      actions={
        <>
          <Button onClick={() => onDone(false)}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" form="sign-in-again" busy={busy}>
            {t('ui.session.signIn')}
          </Button>
        </>
      }
    >
      <form id="sign-in-again" className="stack" onSubmit={submit}>
        <p>{t('ui.session.text')}</p>
        {error && <Notice tone="danger" title={error} />}
        <Field label={t('ui.session.email')} type="email" autoComplete="username" value={page?.email ?? ''} readOnly />
        <Field
          label={t('ui.session.password')}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </form>
    </Dialog>
  );
}

/** A new session opens the company that was used last, which another tab may have changed: back to that of this page. */
async function returnTo(owner: string): Promise<void> {
  const [companyId = ''] = owner.split('.');
  const { viewer } = await requestOnce(SessionOwner, {});
  if (viewer?.company.id === companyId) return;
  const { switchCompany } = await requestOnce(SwitchCompany, { input: { companyId } });
  if (switchCompany.error) throw new Error(switchCompany.error.message);
}
