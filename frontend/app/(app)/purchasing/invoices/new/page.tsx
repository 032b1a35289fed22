import { PurchaseOrderDetail } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { pageTitle } from '#shell/title.ts';
import { linkedPartner } from '../../../trade/form/linked-partner.ts';
import { TradeFormPage, typedLines } from '../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../trade/form/trade-draft.ts';

export const generateMetadata = pageTitle('action.newSupplierInvoice');

/** A supplier's bill; `?order=` takes over what a purchase order has and was not billed yet. */
export default async function NewSupplierInvoicePage({
  searchParams,
}: {
  searchParams: Promise<{ order?: string; supplier?: string }>;
}) {
  const [{ t, format }, { order: orderId, supplier }] = await Promise.all([language(), searchParams]);
  const order = orderId ? (await ask(PurchaseOrderDetail, { id: orderId })).purchaseOrder : null;
  const lines = (order?.lines ?? []).flatMap(({ position, quantity, billed, ...line }) => {
    const open = Number(quantity) - Number(billed);
    return open > 0 ? [{ ...line, quantity: billed === '0' ? quantity : String(open), orderLine: position }] : [];
  });
  return (
    <TradeFormPage
      kind="supplierInvoice"
      crumbs={[
        { label: t('nav.purchasing') },
        { label: t('nav.supplierInvoices'), href: '/purchasing/invoices' },
        { label: t('crumb.new') },
      ]}
      title={t('action.newSupplierInvoice')}
      orderId={order?.id}
      initial={emptyDraft({
        issuedOn: today(),
        partner: order?.supplier
          ? {
              id: order.supplier.id,
              name: order.supplierName,
              detail: `${order.supplier.number}, ${format.country(order.supplier.country)}`,
            }
          : await linkedPartner(supplier),
        ...(lines.length > 0 && { lines: typedLines(lines, format) }),
      })}
    />
  );
}
