'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { fileSize } from '#attachments/file-size.ts';
import { DiscardDraft, type OwnDraftsData } from '#graphql/_generated/operations.ts';
import { useWrite } from '#graphql/use-write.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button, ButtonLink } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Notice } from '#ui/States.tsx';
import { Pill } from '#ui/Status.tsx';
import { toast } from '#ui/Toast.tsx';
import { useConnection } from './connection.ts';
import { sendCurrent } from './current-operations.ts';
import { formAddress, withQuery } from './form-address.ts';
import { proxyText } from './proxy-text.ts';
import { discard, retry } from './queue.ts';
import { replayAlone } from './replay-alone.ts';
import { pageOwner } from './session.ts';
import { forgetHere } from './use-draft.ts';
import { useOutbox } from './use-outbox.ts';
import type { Write } from './write.ts';

type OwnDraft = OwnDraftsData['drafts'][number];

/** Everything that is not with the others yet: what waits for the server, what it refused, and drafts. */
export function Outbox({ drafts }: { drafts: readonly OwnDraft[] }) {
  const { t } = useLanguage();
  const writes = useOutbox();
  const { offline } = useConnection();
  const [discarding, setDiscarding] = useState<Write | null>(null);
  const owner = () => pageOwner()?.owner ?? '';
  const sendAll = async () => {
    if (await replayAlone(owner(), sendCurrent)) toast({ tone: 'danger', text: t('ui.outbox.notYet') });
  };
  const drop = async () => {
    if (discarding) await discard(owner(), discarding);
    setDiscarding(null);
  };

  return (
    <div className="outbox">
      {offline && (
        <Notice tone="warn" title={t('ui.connection.offline')}>
          {t('ui.connection.text')}
        </Notice>
      )}
      <section aria-labelledby="outbox-writes">
        <header className="outbox-head">
          <h2 id="outbox-writes">{t('ui.outbox.title')}</h2>
          {writes?.some((write) => write.state === 'waiting') && !offline && (
            <Button icon="retry" onClick={() => void sendAll()}>
              {t('ui.outbox.sendNow')}
            </Button>
          )}
        </header>
        {writes?.length === 0 && <EmptyState title={t('ui.outbox.empty')}>{t('ui.outbox.emptyText')}</EmptyState>}
        <ul className="outbox-list">
          {writes?.map((write) => (
            <WriteRow
              key={write.id}
              write={write}
              onDiscard={() => setDiscarding(write)}
              onRetry={() => void retry(owner(), write.id).then(sendAll)}
            />
          ))}
        </ul>
      </section>
      {drafts.length > 0 && (
        <section aria-labelledby="outbox-drafts">
          <header className="outbox-head">
            <h2 id="outbox-drafts">{t('ui.draft.title')}</h2>
          </header>
          <ul className="outbox-list">
            {drafts.map((draft) => (
              <DraftRow key={draft.id} draft={draft} />
            ))}
          </ul>
        </section>
      )}
      {discarding && (
        <Dialog
          title={t('ui.outbox.discardTitle')}
          text={t(discarding.sent ? 'ui.outbox.discardSent' : 'ui.outbox.discardText', { title: discarding.title })}
          onClose={() => setDiscarding(null)}
          actions={
            <>
              <Button onClick={() => setDiscarding(null)}>{t('ui.cancel')}</Button>
              <Button kind="danger" onClick={drop}>
                {t('ui.outbox.discard')}
              </Button>
            </>
          }
        />
      )}
    </div>
  );
}

function WriteRow({ write, onDiscard, onRetry }: { write: Write; onDiscard: () => void; onRetry: () => void }) {
  const { t, format } = useLanguage();
  const tone = write.state === 'waiting' ? 'info' : write.state === 'conflict' ? 'warn' : 'danger';
  const isDiscarded = write.fault?.code === 'REFERENCE_DISCARDED';
  return (
    <li className="outbox-row">
      <div className="outbox-what">
        <p>
          <strong>{write.title}</strong>
          <Pill tone={tone}>{t(`ui.outbox.state.${write.state}`)}</Pill>
        </p>
        <p className="subtle">
          {t(formAddress(write.form).label)}
          {write.file && ` · ${fileSize(write.file.size, format.locale)}`}
          {' · '}
          <time dateTime={write.madeAt}>{format.dateTime(write.madeAt)}</time>
        </p>
        {write.fault && (
          <p className="field-error">
            {isDiscarded
              ? t('ui.outbox.referenceDiscarded')
              : write.state === 'conflict'
                ? t('ui.outbox.conflict')
                : (proxyText(t, write.fault) ?? [write.fault.message, ...messages(write)].join(' '))}
          </p>
        )}
      </div>
      <div className="outbox-actions">
        {write.file ? (
          <ButtonLink size="sm" icon="open" href={write.href}>
            {t('ui.outbox.show')}
          </ButtonLink>
        ) : (
          <ButtonLink size="sm" icon="pencil" href={withQuery(write.href, 'outbox', write.id)}>
            {t(write.state === 'conflict' ? 'ui.outbox.resolve' : 'ui.edit')}
          </ButtonLink>
        )}
        {write.state === 'failed' && (
          <Button size="sm" icon="retry" onClick={onRetry}>
            {t('ui.retry')}
          </Button>
        )}
        <Button size="sm" icon="trash" label={t('ui.outbox.discard')} onClick={onDiscard} />
      </div>
    </li>
  );
}

const messages = (write: Write): readonly string[] =>
  [...new Set(write.fault?.fields.map((field) => field.message))].slice(0, 3);

function DraftRow({ draft }: { draft: OwnDraft }) {
  const { t, format } = useLanguage();
  const router = useRouter();
  const { write, busy } = useWrite(DiscardDraft);
  const { label, edit, create } = formAddress(draft.form);
  const href = draft.recordId ? edit(draft.recordId) : (create ?? '/');
  const discardDraft = async () => {
    if (!(await write({ id: draft.id }))) return;
    await forgetHere(draft.id);
    router.refresh();
  };
  return (
    <li className="outbox-row">
      <div className="outbox-what">
        <p>
          <strong>{draft.title}</strong>
          <Pill tone="draft">{t(draft.recordId ? 'ui.draft.change' : 'ui.draft.new')}</Pill>
        </p>
        <p className="subtle">
          {t(label)}
          {' · '}
          <time dateTime={draft.updatedAt}>{format.dateTime(draft.updatedAt)}</time>
        </p>
      </div>
      <div className="outbox-actions">
        <ButtonLink size="sm" icon="pencil" href={withQuery(href, 'draft', draft.id)}>
          {t('ui.draft.continue')}
        </ButtonLink>
        <Button size="sm" icon="trash" label={t('ui.draft.discard')} busy={busy} onClick={() => void discardDraft()} />
      </div>
    </li>
  );
}
