import { language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { pageTitle } from '#shell/title.ts';
import { linkedPartner } from '../../../trade/form/linked-partner.ts';
import { TradeFormPage } from '../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../trade/form/trade-draft.ts';

export const generateMetadata = pageTitle('action.newSalesOrder');

export default async function NewPage({ searchParams }: { searchParams: Promise<{ customer?: string }> }) {
  const [{ t }, { customer }] = await Promise.all([language(), searchParams]);
  return (
    <TradeFormPage
      kind="salesOrder"
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.salesOrders'), href: '/sales/orders' },
        { label: t('crumb.new') },
      ]}
      title={t('action.newSalesOrder')}
      initial={emptyDraft({ orderedOn: today(), partner: await linkedPartner(customer) })}
    />
  );
}
