'use client';

import { useEffect, useState } from 'react';
import { DiscardDraft } from '#graphql/_generated/operations.ts';
import { request } from '#graphql/client.ts';
import { useLanguage } from '#i18n/client.tsx';
import { Button } from '#ui/Button.tsx';
import { Notice } from '#ui/States.tsx';
import type { EditedRecord, LeftForm } from './use-editing.ts';

/** A draft of the form that is open, as the server has it. */
export interface FormDraft {
  readonly id: string;
  readonly recordId: string | null;
  readonly recordVersion: number | null;
  readonly content: unknown;
  readonly updatedAt: string;
}

/** Offers to go on with what was typed before, on whatever device. A link to one draft goes on with it at once. */
export function DraftOffer<Values extends object>({
  record,
  drafts,
  onContinue,
}: {
  record: EditedRecord;
  drafts: readonly FormDraft[];
  onContinue: (id: string, left: LeftForm<Values>) => void;
}) {
  const { t, format } = useLanguage();
  const [answered, setAnswered] = useState(false);
  // What this very form saves from now on is not offered to it.
  const [stored] = useState(drafts);
  const [isTaken, setTaken] = useState(false);
  const [here, setHere] = useState<FormDraft | null>(null);
  const { form, recordId } = record;
  const fitting = stored.filter((each) => each.recordId === recordId);
  const draft = here ?? fitting[0];
  const goOn = (chosen: FormDraft) => {
    setAnswered(true);
    const left = chosen.content as LeftForm<Values>;
    // Of a record that can no longer be changed: all of it goes into a new one.
    const isOther = chosen.recordId !== recordId;
    onContinue(chosen.id, isOther ? { ...left, base: null, version: null } : left);
    setTaken(isOther);
  };
  useEffect(() => {
    const wanted = new URLSearchParams(location.search).get('draft');
    const linked = stored.find((each) => each.id === wanted);
    if (linked) goOn(linked);
    // What was typed without a connection is in this browser only, and a page that is gone back to has drafts of before.
    void import('./use-draft.ts').then(async ({ draftHere }) => {
      const found = await draftHere(form, recordId, wanted);
      if (!found) return;
      const { id, at, left } = found;
      const kept = { id, recordId: found.recordId, recordVersion: left.version, content: left, updatedAt: at };
      const latest = (linked ?? fitting[0])?.updatedAt ?? '';
      const isNewer = Date.parse(at) > (Date.parse(latest) || 0);
      if (id === wanted) {
        if (isNewer || !linked) goOn(kept);
      } else if (isNewer && !linked) setHere(kept);
    });
  }, []);

  if (isTaken) return <Notice tone="info" title={t('ui.ended.taken')} />;
  if (!draft || answered) return null;
  return (
    <Notice
      tone="info"
      title={t('ui.draft.found', { time: format.dateTime(draft.updatedAt) })}
      action={
        <span className="notice-actions">
          <Button
            size="sm"
            onClick={() => {
              setAnswered(true);
              void request(DiscardDraft, { input: { id: draft.id } }).catch(() => undefined);
              void import('./use-draft.ts').then(({ forgetHere }) => forgetHere(draft.id));
            }}
          >
            {t('ui.draft.discard')}
          </Button>
          <Button size="sm" kind="primary" onClick={() => goOn(draft)}>
            {t('ui.draft.continue')}
          </Button>
        </span>
      }
    />
  );
}
