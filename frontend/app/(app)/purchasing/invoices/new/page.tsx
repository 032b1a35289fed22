import { fromUnits, QUANTITY_SCALE, toUnits, trimDecimal } from '@valeo/money/decimal.ts';
import { PurchaseOrderDetail, SupplierInvoiceDetail } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { pageTitle } from '#shell/title.ts';
import { linkedPartner } from '../../../trade/form/linked-partner.ts';
import { TradeFormPage, typedLines } from '../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../trade/form/trade-draft.ts';

export const generateMetadata = pageTitle('action.newSupplierInvoice');

/**
 * A supplier's bill; `?order=` takes over what a purchase order has and was not billed yet. With `?kind=credit` it is a credit note, and
 * with `?bill=` one over that bill.
 */
export default async function NewSupplierInvoicePage({
  searchParams,
}: {
  searchParams: Promise<{ order?: string; supplier?: string; kind?: string; bill?: string }>;
}) {
  const [{ t, format }, { order: orderId, supplier, kind, bill: billId }] = await Promise.all([
    language(),
    searchParams,
  ]);
  const corrected = billId ? (await ask(SupplierInvoiceDetail, { id: billId })).supplierInvoice : null;
  const bill = corrected?.kind === 'INVOICE' ? corrected : null;
  const isCredit = kind === 'credit' || bill !== null;
  const order = orderId && !isCredit ? (await ask(PurchaseOrderDetail, { id: orderId })).purchaseOrder : null;
  const from = bill ?? order;
  const ordered = (order?.lines ?? []).flatMap(({ position, quantity, billed, ...line }) => {
    const open = toUnits(quantity, QUANTITY_SCALE) - toUnits(billed, QUANTITY_SCALE);
    return open > 0n ? [{ ...line, quantity: trimDecimal(fromUnits(open, QUANTITY_SCALE)), orderLine: position }] : [];
  });
  const lines = bill ? bill.lines.map(({ orderLine: _, ...line }) => line) : ordered;
  return (
    <TradeFormPage
      kind={isCredit ? 'supplierCreditNote' : 'supplierInvoice'}
      crumbs={[
        { label: t('nav.purchasing') },
        { label: t('nav.supplierInvoices'), href: '/purchasing/invoices' },
        { label: t('crumb.new') },
      ]}
      title={t(isCredit ? 'action.newSupplierCreditNote' : 'action.newSupplierInvoice')}
      meta={
        isCredit
          ? bill && (
              <a href={`/purchasing/invoices/${bill.id}`}>
                {t('invoice.correctionOf', { number: bill.number, date: format.date(bill.issuedOn) })}
              </a>
            )
          : !order && <a href="/purchasing/invoices/new?kind=credit">{t('trade.enterCreditNote')}</a>
      }
      created={isCredit ? { kind: 'CREDIT_NOTE' } : undefined}
      orderId={order?.id}
      initial={emptyDraft({
        issuedOn: today(),
        partner: from?.supplier
          ? {
              id: from.supplier.id,
              name: from.supplierName,
              detail: `${from.supplier.number}, ${format.country(from.supplier.country)}`,
            }
          : await linkedPartner(supplier),
        correctsId: bill?.id ?? '',
        suppliedOn: bill?.suppliedOn ?? '',
        ...(lines.length > 0 && { lines: typedLines(lines, format) }),
      })}
    />
  );
}
