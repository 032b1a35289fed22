'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { SetPreference } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { Field } from '../Field.tsx';
import { Notice } from '../States.tsx';
import type { SavedView } from './definition.ts';

/** Keeps what the list shows now under a name, for the reader or for all colleagues; or forgets a view again. */
export default function SaveView({
  connection,
  query,
  view,
  onClose,
}: {
  connection: string;
  query: string;
  /** The own view that is shown, to be forgotten; null saves a new one. */
  view: SavedView | null;
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const router = useRouter();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const { write, busy, error } = useWrite(SetPreference);
  const run = async () => {
    const input = view
      ? { key: view.key as string, value: null }
      : { key: `views/${connection}/${crypto.randomUUID().slice(0, 8)}`, value: { name: name.trim(), query }, shared };
    if (busy || (!view && !name.trim()) || !(await write(input as never))) return;
    onClose();
    router.refresh();
  };
  return (
    <Dialog
      title={view ? t('ui.views.remove', { name: view.name }) : t('ui.views.save')}
      onClose={onClose}
      onSubmit={run}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind={view ? 'danger' : 'primary'} type="submit" busy={busy}>
            {view ? t('ui.views.removeShort') : t('ui.save')}
          </Button>
        </>
      }
    >
      {!view && (
        <>
          <Field label={t('ui.views.name')} required value={name} onChange={(event) => setName(event.target.value)} />
          <label className="choice">
            <input className="check" type="checkbox" checked={shared} onChange={() => setShared(!shared)} />
            {t('ui.views.shared')}
          </label>
        </>
      )}
      {error && <Notice tone="danger" title={error.message} />}
    </Dialog>
  );
}
