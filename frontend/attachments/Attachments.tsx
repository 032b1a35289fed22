import type { AttachedFiles, AttachmentRecord } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { viewer } from '#shell/viewer.ts';
import { SectionHead } from '#ui/Doc.tsx';
import { Icon } from '#ui/Icon.tsx';
import { LostPart } from '#ui/LostPart.tsx';
import { AttachmentTools } from './AttachmentTools.tsx';

/** What browsers show in place; the rest is saved. */
const shown = /^(image\/(png|jpeg|gif|webp)|application\/pdf)$/;

/**
 * What is attached to a record. The list needs no script; what changes it is fetched once somebody wants to, or when the
 * page has settled, for what waits to be sent.
 */
export async function Attachments({
  record,
  id,
  files,
  permission,
}: {
  record: AttachmentRecord;
  id: string;
  /** Null when they cannot be read at the moment. */
  files: AttachedFiles | null | undefined;
  /** Needed to change what is attached. */
  permission: string;
}) {
  const [{ t, format }, { permissions }] = await Promise.all([language(), viewer()]);
  const may = permissions.includes(permission);
  const nodes = files?.edges.map(({ node }) => node) ?? [];
  return (
    <section className="attachments" id="attachments" aria-label={t('ui.attachment.title')}>
      <SectionHead title={t('ui.attachment.title')} count={files ? format.integer(nodes.length) : undefined} />
      <AttachmentTools record={record} id={id} may={may} none={Boolean(files) && nodes.length === 0}>
        {!files && <LostPart />}
        {nodes.length > 0 && (
          <ul className="file-list">
            {nodes.map((file) => (
              <li key={file.id} className="file">
                <Icon name={file.mediaType.startsWith('image/') ? 'eye' : 'bill'} />
                <div className="file-what">
                  {shown.test(file.mediaType) ? (
                    <a href={`${file.url}?preview`} target="_blank" rel="noreferrer">
                      {file.fileName}
                    </a>
                  ) : (
                    <a href={file.url} download={file.fileName}>
                      {file.fileName}
                    </a>
                  )}
                  <small className="subtle">
                    {[format.bytes(file.sizeBytes), file.createdBy?.name, format.dateTime(file.createdAt)]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                </div>
                <a
                  className="btn btn--ghost btn--icon btn--sm"
                  href={file.url}
                  download={file.fileName}
                  aria-label={t('ui.attachment.download', { name: file.fileName })}
                >
                  <Icon name="download" />
                </a>
                {file.sealed ? (
                  <span className="file-lock" title={t('ui.attachment.sealed')}>
                    <Icon name="lock" size="sm" />
                    <span className="visually-hidden">{t('ui.attachment.sealed')}</span>
                  </span>
                ) : (
                  may && (
                    <button
                      type="button"
                      className="btn btn--ghost btn--icon btn--sm"
                      data-remove={file.id}
                      data-file={file.fileId}
                      data-name={file.fileName}
                      aria-label={t('ui.attachment.remove', { name: file.fileName })}
                    >
                      <Icon name="trash" />
                    </button>
                  )
                )}
              </li>
            ))}
          </ul>
        )}
      </AttachmentTools>
    </section>
  );
}
