import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { FormFilesHandle } from '#attachments/FormFiles.tsx';
import { DiscardDraft, SaveDraft } from '#graphql/_generated/operations.ts';
import { requestOnce } from '#graphql/client.ts';
import { baseBefore } from './merge.ts';
import { hasLeft, pageOwner } from './session.ts';
import { allOf, filesOfDraft, inStore } from './store.ts';
import type { EditedRecord, Editing, LeftForm } from './use-editing.ts';

const saveAfterMs = 1500;
/** Who never pauses loses no more than this. */
const saveWithinMs = 10_000;

/** The files of a form, and how many there are. */
export interface FormFilesGiven {
  readonly handle: RefObject<FormFilesHandle | null>;
  readonly count: number;
}

interface KeptDraft {
  readonly owner: string;
  readonly id: string;
  readonly form: string;
  readonly recordId: string | null;
  readonly at: string;
  readonly left: LeftForm<object>;
}

/** What forms of this page have kept on the server: one that is come back to stands as it was first opened, before that. */
const keptMeanwhile = new Map<string, KeptDraft>();

/**
 * Keeps what is typed as a draft on the server, a moment after the last key; in this browser when the server cannot be reached or
 * refuses it, such as for its size. What the outbox holds is safe already.
 */
export function useDraft(
  record: EditedRecord | null,
  editing: Editing,
  title: string,
  given: string | null,
  isQueued: boolean,
  files: FormFilesGiven | undefined,
) {
  const [saved, setSaved] = useState<{ at: Date; onlyHere: boolean } | 'nowhere' | null>(null);
  const id = useRef(given);
  id.current ??= given;
  const stopped = useRef(false);
  const latest = useRef({ record, editing, title, files });
  latest.current = { record, editing, title, files };
  const { changed, values } = editing;

  const draft = useMemo(
    () => ({
      /** Answers the id of the draft; null when neither the server nor this browser could keep it. */
      async save(): Promise<string | null> {
        const now = latest.current;
        if (!now.record || stopped.current) return null;
        id.current ??= crypto.randomUUID();
        const left: LeftForm<object> = {
          values: now.editing.values,
          base: baseBefore(now.editing.base.values, now.editing.conflicts),
          version: now.editing.base.version,
        };
        const { form, recordId } = now.record;
        // Files are too large for drafts; without room in this browser the text is kept all the same.
        if (!hasLeft()) await now.files?.handle.current?.keep(id.current).catch(() => undefined);
        const input = {
          id: id.current,
          form,
          recordId,
          recordVersion: left.version,
          title: now.title.slice(0, 200) || '–',
          content: left,
        };
        try {
          const { saveDraft } = await requestOnce(SaveDraft, { input });
          // It was saved while the draft was on its way.
          if (stopped.current) draft.discard();
          else if (saveDraft.draft) {
            const { updatedAt: at } = saveDraft.draft;
            keptMeanwhile.set(id.current, {
              owner: pageOwner()?.owner ?? '',
              id: id.current,
              form,
              recordId,
              at,
              left,
            });
            setSaved({ at: new Date(), onlyHere: false });
          }
          if (stopped.current || !saveDraft.error) return id.current;
        } catch {
          if (stopped.current) return null;
        }
        const isKept = !hasLeft() && (await keepHere({ id: id.current, form, recordId, left }));
        setSaved(isKept ? { at: new Date(), onlyHere: true } : 'nowhere');
        return isKept ? id.current : null;
      },
      discard(): void {
        stopped.current = true;
        if (!id.current) return;
        const draftId = id.current;
        void requestOnce(DiscardDraft, { input: { id: draftId } }).catch(() => undefined);
        void forgetHere(draftId);
      },
    }),
    [],
  );

  const fileCount = files?.count ?? 0;
  const unsavedSince = useRef(0);
  useEffect(() => {
    if (!changed || isQueued) return;
    unsavedSince.current ||= Date.now();
    const patienceMs = Math.max(0, unsavedSince.current + saveWithinMs - Date.now());
    const save = () => {
      unsavedSince.current = 0;
      void draft.save();
    };
    const timer = setTimeout(save, Math.min(saveAfterMs, patienceMs), values, fileCount);
    return () => clearTimeout(timer);
  }, [changed, isQueued, values, fileCount, draft]);

  const kept = saved === 'nowhere' ? null : saved;
  return { ...draft, savedAt: kept?.at ?? null, onlyHere: kept?.onlyHere ?? false, isLost: saved === 'nowhere' };
}

/** Whether there was room, and permission, to keep it. */
async function keepHere(given: Omit<KeptDraft, 'owner' | 'at'>): Promise<boolean> {
  const owner = pageOwner()?.owner;
  if (!owner) return false;
  const draft: KeptDraft = { ...given, owner, at: new Date().toISOString() };
  return inStore(['drafts'], 'readwrite', (transaction) => transaction.objectStore('drafts').put(draft)).then(
    () => true,
    () => false,
  );
}

export async function forgetHere(id: string): Promise<void> {
  keptMeanwhile.delete(id);
  const owner = pageOwner()?.owner;
  if (!owner) return;
  await inStore(['drafts'], 'readwrite', (transaction) => {
    const drafts = transaction.objectStore('drafts');
    drafts.delete([owner, filesOfDraft(id)]);
    return drafts.delete([owner, id]);
  }).catch(() => undefined);
}

/** The latest draft of a form that only this browser has, or that this page has kept; or the one that is asked for, of whichever record. */
export async function draftHere(
  form: string,
  recordId: string | null,
  wanted: string | null,
): Promise<KeptDraft | undefined> {
  const owner = pageOwner()?.owner;
  if (!owner) return undefined;
  const here = 'indexedDB' in globalThis ? await allOf<KeptDraft>(owner, 'drafts').catch(() => []) : [];
  const drafts = [...here, ...keptMeanwhile.values()]
    .filter((draft) => draft.owner === owner && draft.form === form)
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return drafts.find(({ id }) => id === wanted) ?? drafts.find((draft) => draft.recordId === recordId);
}
