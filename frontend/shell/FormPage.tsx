import { FormDrafts } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { DocHead } from '#ui/Doc.tsx';
import { RecordForm, type RecordFormProps } from '#ui/RecordForm.tsx';
import { type Crumb, Page } from './Page.tsx';

/** A page that is one form, with the drafts that the reader has of it. */
export async function FormPage({
  title,
  crumbs,
  permission,
  form,
}: {
  title: string;
  crumbs: readonly Crumb[];
  permission: string;
  form: RecordFormProps;
}) {
  const { t } = await language();
  const { record } = form;
  const drafts = record && (await ask(FormDrafts, { form: record.form, recordId: record.recordId })).drafts;
  return (
    <Page crumbs={crumbs} permission={permission}>
      <title>{`${form.record?.recordId ? t('title.edit', { name: title }) : title} · VALEO NeuroERP`}</title>
      <DocHead title={title} />
      <div className="form-page">
        <RecordForm {...form} drafts={drafts} />
      </div>
    </Page>
  );
}
