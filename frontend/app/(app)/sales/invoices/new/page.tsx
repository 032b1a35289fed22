import { language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { pageTitle } from '#shell/title.ts';
import { linkedPartner } from '../../../trade/form/linked-partner.ts';
import { TradeFormPage } from '../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../trade/form/trade-draft.ts';
import { SellerGaps } from '../SellerGaps.tsx';

export const generateMetadata = pageTitle('action.newInvoice');

export default async function NewInvoicePage({ searchParams }: { searchParams: Promise<{ customer?: string }> }) {
  const [{ t }, { customer }] = await Promise.all([language(), searchParams]);
  const linked = await linkedPartner(customer);
  return (
    <TradeFormPage
      kind="salesInvoice"
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.invoices'), href: '/sales/invoices' },
        { label: t('crumb.new') },
      ]}
      title={t('action.newInvoice')}
      meta={
        <>
          <span>{t('invoice.numberWhenPosted')}</span>
          <SellerGaps />
        </>
      }
      initial={emptyDraft({
        partner: linked,
        suppliedOn: today(),
        issuedOn: today(),
        paymentTermDays: linked ? String(linked.paymentTermDays) : '',
      })}
    />
  );
}
