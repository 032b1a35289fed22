'use client';

import { type FormEvent, useEffect, useState } from 'react';
import {
  SessionOwner,
  type SessionOwnerData,
  SignInAgain as SignIn,
  SwitchCompany,
} from '#graphql/_generated/operations.ts';
import { requestOnce } from '#graphql/client.ts';
import type { GraphFault } from '#graphql/operation.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/States.tsx';
import { pageOwner } from './session.ts';
import { noteSession } from './session-watch.ts';

type Viewer = SessionOwnerData['viewer'];

/**
 * Asks for the session where the page has lost it, so that nothing on the page is lost: for the password when it has ended or somebody
 * else has signed in, for the way back when only another company is open. Only the same person comes back in.
 */
export default function SignInAgain({ onDone }: { onDone: (done: boolean) => void }) {
  const { t } = useLanguage();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [viewer, setViewer] = useState<Viewer | undefined>();
  const page = pageOwner();

  useEffect(() => {
    whoIsThere().then(
      (found) => (found && ownerOf(found) === page?.owner ? onDone(true) : setViewer(found)),
      () => setViewer(null),
    );
  }, []);

  if (viewer === undefined) return null;
  const isOtherCompany = viewer !== null && page?.owner.endsWith(`.${viewer.id}`) === true;
  const mode = viewer ? (isOtherCompany ? 'otherCompany' : 'otherPerson') : null;
  const name = (isOtherCompany ? viewer.company.name : viewer?.email) ?? '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!page) return;
    setBusy(true);
    setError(null);
    try {
      if (!isOtherCompany) {
        const { signIn } = await requestOnce(SignIn, { input: { email: page.email, password } }, undefined, {});
        if (signIn.error) return setError(signIn.error.message);
      }
      await returnTo(page.owner);
      noteSession(page.owner);
      onDone(true);
    } catch (fault) {
      setError((fault as GraphFault).code === 'OFFLINE' ? t('ui.offline') : (fault as Error).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={mode ? t(`ui.session.${mode}`, { name }) : t('ui.session.title')}
      text={t(mode ? `ui.session.${mode}Text` : 'ui.session.text')}
      onClose={() => onDone(false)}
      actions={
        <>
          <Button onClick={() => onDone(false)}>{t('ui.cancel')}</Button>
          {mode && <Button onClick={() => location.assign('/')}>{t('ui.session.goOn')}</Button>}
          <Button
            kind="primary"
            type="submit"
            form="sign-in-again"
            busy={busy}
            data-focus={isOtherCompany || undefined}
          >
            {t(isOtherCompany ? 'ui.session.back' : 'ui.session.signIn')}
          </Button>
        </>
      }
    >
      <form id="sign-in-again" className="stack" onSubmit={submit}>
        {error && <Notice tone="danger" title={error} />}
        {!isOtherCompany && (
          <>
            <Field
              label={t('ui.session.email')}
              type="email"
              autoComplete="username"
              value={page?.email ?? ''}
              readOnly
            />
            <Field
              label={t('ui.session.password')}
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </>
        )}
      </form>
    </Dialog>
  );
}

const whoIsThere = async (): Promise<Viewer> => (await requestOnce(SessionOwner, {}, undefined, {})).viewer;

const ownerOf = ({ id, company }: NonNullable<Viewer>): string => `${company.id}.${id}`;

/** A new session opens the company that was used last, which another tab may have changed: back to that of this page. */
async function returnTo(owner: string): Promise<void> {
  const [companyId = ''] = owner.split('.');
  const viewer = await whoIsThere();
  if (viewer?.company.id === companyId) return;
  const { switchCompany } = await requestOnce(SwitchCompany, { input: { companyId } }, undefined, {});
  if (switchCompany.error) throw new Error(switchCompany.error.message);
}
