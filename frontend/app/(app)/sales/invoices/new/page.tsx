import { FindCustomers, FormDrafts, TaxCodes } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Page } from '#shell/Page.tsx';
import { pageTitle } from '#shell/title.ts';
import { DocHead } from '#ui/Doc.tsx';
import { Pill } from '#ui/Status.tsx';
import { emptyLine } from '../form/draft.ts';
import { InvoiceForm } from '../form/InvoiceForm.tsx';

export const generateMetadata = pageTitle('action.newInvoice');

export default async function NewInvoicePage({ searchParams }: { searchParams: Promise<{ customer?: string }> }) {
  const [{ t, format }, { customer }] = await Promise.all([language(), searchParams]);
  const today = new Date().toISOString().slice(0, 10);
  const [{ taxCodes }, { drafts }, found] = await Promise.all([
    ask(TaxCodes, { on: today }),
    ask(FormDrafts, { form: 'sales.invoice' }),
    customer ? ask(FindCustomers, { filter: { number: { eq: customer } } }) : null,
  ]);
  const partner = found?.businessPartners?.edges[0]?.node;
  return (
    <Page
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.invoices'), href: '/sales/invoices' },
        { label: t('crumb.new') },
      ]}
    >
      <DocHead
        title={t('action.newInvoice')}
        pills={<Pill tone="draft">{t('invoice.state.draft')}</Pill>}
        meta={t('invoice.numberWhenPosted')}
      />
      <InvoiceForm
        edited={null}
        drafts={drafts}
        taxCodes={taxCodes.filter((tax) => tax.direction === 'SALE')}
        initial={{
          customer: partner
            ? { id: partner.id, name: partner.name, detail: `${partner.number}, ${format.country(partner.country)}` }
            : null,
          suppliedOn: today,
          issuedOn: today,
          paymentTermDays: partner ? String(partner.paymentTermDays) : '',
          reference: '',
          note: '',
          lines: [emptyLine()],
        }}
      />
    </Page>
  );
}
