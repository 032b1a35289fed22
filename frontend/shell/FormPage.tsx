import { DocHead } from '#ui/Doc.tsx';
import { RecordForm, type RecordFormProps } from '#ui/RecordForm.tsx';
import { type Crumb, Page } from './Page.tsx';

/** A page that is one form. */
export function FormPage({ title, crumbs, form }: { title: string; crumbs: readonly Crumb[]; form: RecordFormProps }) {
  return (
    <Page crumbs={crumbs}>
      <title>{`${title} · VALEO NeuroERP`}</title>
      <DocHead title={title} />
      <div className="form-page">
        <RecordForm {...form} />
      </div>
    </Page>
  );
}
