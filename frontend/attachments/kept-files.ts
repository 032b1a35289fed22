import { pageOwner } from '#offline/session.ts';
import { filesOfDraft, inStore } from '#offline/store.ts';

interface KeptFiles {
  readonly owner: string;
  readonly id: string;
  readonly files: readonly { readonly name: string; readonly content: Blob }[];
}

/** A draft is saved at every pause, and copying large files takes long: those that were kept last are not copied again. */
let last: { readonly draftId: string; readonly files: readonly File[] } | undefined;

/** Keeps the files that were chosen in a form beside its draft, in this browser; none in the place of those that stood there. */
export async function keepFiles(draftId: string, files: readonly File[]): Promise<void> {
  const owner = pageOwner()?.owner;
  if (!owner || (last?.draftId === draftId && last.files === files)) return;
  const id = filesOfDraft(draftId);
  // A copy: what a browser knows of a file on disk ends with the page.
  const copies = await Promise.all(
    files.map(async (file) => ({
      name: file.name,
      content: new Blob([await file.arrayBuffer()], { type: file.type }),
    })),
  );
  const kept: KeptFiles = { owner, id, files: copies };
  await inStore(['drafts'], 'readwrite', (transaction) => {
    const drafts = transaction.objectStore('drafts');
    if (files.length > 0) drafts.put(kept);
    else drafts.delete([owner, id]);
    return undefined;
  });
  last = { draftId, files };
}

/** The files that were chosen before a draft was left. */
export async function keptFiles(draftId: string): Promise<File[]> {
  const owner = pageOwner()?.owner;
  if (!owner) return [];
  const kept = await inStore<KeptFiles | undefined>(['drafts'], 'readonly', (transaction) =>
    transaction.objectStore('drafts').get([owner, filesOfDraft(draftId)]),
  );
  return (kept?.files ?? []).map(({ name, content }) => new File([content], name, { type: content.type }));
}
