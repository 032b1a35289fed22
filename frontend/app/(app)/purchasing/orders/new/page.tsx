import { language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { pageTitle } from '#shell/title.ts';
import { linkedPartner } from '../../../trade/form/linked-partner.ts';
import { TradeFormPage } from '../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../trade/form/trade-draft.ts';

export const generateMetadata = pageTitle('action.newPurchaseOrder');

export default async function NewPage({ searchParams }: { searchParams: Promise<{ supplier?: string }> }) {
  const [{ t }, { supplier }] = await Promise.all([language(), searchParams]);
  return (
    <TradeFormPage
      kind="purchaseOrder"
      crumbs={[
        { label: t('nav.purchasing') },
        { label: t('nav.purchaseOrders'), href: '/purchasing/orders' },
        { label: t('crumb.new') },
      ]}
      title={t('action.newPurchaseOrder')}
      initial={emptyDraft({ orderedOn: today(), partner: await linkedPartner(supplier) })}
    />
  );
}
