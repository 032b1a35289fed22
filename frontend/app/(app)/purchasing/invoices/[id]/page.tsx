import { notFound } from 'next/navigation';
import {
  CancelSupplierInvoice,
  CancelSupplierPayment,
  CheckSupplierInvoice,
  PostSupplierInvoice,
  SupplierInvoiceDetail,
  SupplierInvoiceLive,
} from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { Allowed } from '#shell/Allowed.tsx';
import { ButtonLink } from '#ui/Button.tsx';
import { SideSection } from '#ui/Doc.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { CancelButton } from '../../../trade/CancelButton.tsx';
import { purchaseChain } from '../../../trade/chain.ts';
import { DocumentHistory, RelatedDocuments } from '../../../trade/DocumentSide.tsx';
import { SettleButton } from '../../../trade/SettleButton.tsx';
import { TradeDocument } from '../../../trade/TradeDocument.tsx';
import { paid } from '../../../trade/timeline.ts';
import { PayBill } from './PayBill.tsx';
import { billTones, cancelling, daysOverdue } from './state.ts';

export default async function SupplierInvoicePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { supplierInvoice: bill },
    seen,
  } = await askRecord(SupplierInvoiceDetail, { id });
  if (!bill) notFound();
  const cancelled = bill.status === 'CANCELLED';
  const late = daysOverdue(bill);
  const isCredit = bill.kind === 'CREDIT_NOTE';
  const { corrects, creditNotes } = bill;
  const undone = cancelling(bill);
  return (
    <TradeDocument
      live={{ operation: SupplierInvoiceLive, seen }}
      crumbs={[
        { label: t('nav.purchasing') },
        { label: t('nav.supplierInvoices'), href: '/purchasing/invoices' },
        { label: bill.number },
      ]}
      title={bill.number}
      state={{ tone: billTones[bill.status], label: t(`enum.SupplierInvoiceStatus.${bill.status}`) }}
      late={late > 0 ? t('invoice.daysLate', { count: late }) : undefined}
      partner={{
        id: bill.supplier?.id ?? null,
        name: bill.supplierName,
        number: bill.supplier?.number ?? '',
        country: bill.supplier?.country ?? 'DE',
      }}
      address={null}
      date={bill.issuedOn}
      chain={[
        ...(bill.order
          ? [
              {
                label: t('trade.purchaseOrder'),
                state: 'done' as const,
                links: [{ href: `/purchasing/orders/${bill.order.id}`, text: bill.order.number }],
              },
            ]
          : []),
        ...(corrects
          ? [
              {
                label: t('enum.SupplierInvoiceKind.INVOICE'),
                state: 'done' as const,
                links: [{ href: `/purchasing/invoices/${corrects.id}`, text: corrects.number }],
              },
            ]
          : []),
        {
          label: t(`enum.SupplierInvoiceKind.${bill.kind}`),
          state: 'here',
          links: [],
          note: format.date(bill.issuedOn),
        },
        {
          label: t('field.journalEntry'),
          state: bill.journalEntry ? 'done' : 'todo',
          links: bill.journalEntry
            ? [{ href: `/finance/journal/${bill.journalEntry.id}`, text: bill.journalEntry.number }]
            : [],
        },
        cancelled
          ? {
              label: t('invoice.chain.cancelled'),
              state: 'done',
              links: bill.cancelEntry
                ? [{ href: `/finance/journal/${bill.cancelEntry.id}`, text: bill.cancelEntry.number }]
                : [],
            }
          : {
              label: t('invoice.chain.payment'),
              state: bill.status === 'PAID' ? 'done' : 'todo',
              links: [],
              note: format.money(bill.openAmount.amount),
            },
      ]}
      facts={[
        { label: t('field.kind'), value: isCredit && t('enum.SupplierInvoiceKind.CREDIT_NOTE') },
        { label: t('field.supplierNumber'), value: bill.supplierNumber },
        { label: t('field.suppliedOn'), value: format.date(bill.suppliedOn) },
        { label: t('invoice.dueOn'), value: format.date(bill.dueOn), late: late > 0 },
        {
          label: t('trade.differences'),
          value:
            bill.differences.length === 0
              ? t('trade.noDifferences')
              : bill.differences.map((each) => t(`enum.BillDifferenceKind.${each.kind}`)).join(', '),
          late: bill.differences.some((each) => !each.tolerated),
        },
      ]}
      lines={bill.lines.map(({ article, ...line }) => ({ ...line, article, sku: article?.sku ?? '', unit: '' }))}
      sums={{ net: bill.net.amount, tax: bill.tax.amount, gross: bill.gross.amount }}
      note={bill.cancelReason ?? bill.checkNote ?? bill.note}
      side={
        <>
          {bill.status === 'POSTED' && bill.supplier && (
            <Allowed permission="finance:post">
              <SideSection title={t('invoice.openAmount')}>
                <p className="bigsum tabn">{format.money(bill.openAmount.amount)}</p>
                <SettleButton
                  source={`purchasing.SupplierInvoice:${id}`}
                  partnerId={bill.supplier.id}
                  number={bill.number}
                  first={[corrects, ...creditNotes].flatMap((each) => each?.number ?? [])}
                />
              </SideSection>
            </Allowed>
          )}
          <RelatedDocuments
            here={id}
            documents={purchaseChain(
              { order: bill.order, bills: [corrects, bill, ...creditNotes].filter((each) => each !== null) },
              { t, format },
            )}
          />
          <DocumentHistory
            changes={bill.history}
            states="SupplierInvoiceStatus"
            payments={bill.payments.map(paid)}
            takingBack={cancelled ? null : { operation: CancelSupplierPayment, permission: 'purchasing:post' }}
            reason={bill.cancelReason}
          />
        </>
      }
      attachments={{ record: 'SUPPLIER_INVOICE', id, files: bill.attachments }}
      permission="purchasing:write"
      actions={
        <>
          {bill.status === 'RECEIVED' && (
            <ButtonLink icon="pencil" href={`/purchasing/invoices/${id}/edit`} shortcut="E">
              {t('action.edit')}
            </ButtonLink>
          )}
          <Allowed permission="purchasing:post">
            {!cancelled && (
              <CancelButton
                operation={CancelSupplierInvoice}
                id={id}
                action={t('trade.cancelDocument')}
                question={t('trade.cancelQuestion', { number: bill.number })}
                text={t(`trade.cancelBill.${isCredit && undone === 'paid' ? 'refunded' : undone}`, {
                  gross: format.money(bill.gross.amount),
                })}
                done={t('ui.invoice.cancelled', { number: bill.number })}
              />
            )}
            {bill.status === 'CHECKED' && (
              <WriteButton
                operation={PostSupplierInvoice}
                input={{ id }}
                saved={t(isCredit ? 'trade.done.creditPosted' : 'trade.done.billPosted')}
                icon="book"
                kind="primary"
                reason={{
                  code: 'PERIOD_CLOSED',
                  field: 'postedOn',
                  label: t('trade.postOtherDay'),
                  type: 'date',
                }}
              >
                {t('guide.sample.post')}
              </WriteButton>
            )}
            {bill.status === 'POSTED' && <PayBill id={id} isRefund={isCredit} openAmount={bill.openAmount.amount} />}
          </Allowed>
          {!isCredit && (bill.status === 'POSTED' || bill.status === 'PAID') && (
            <ButtonLink icon="minus" href={`/purchasing/invoices/new?bill=${id}`}>
              {t('ui.invoice.credit')}
            </ButtonLink>
          )}
          {bill.status === 'RECEIVED' && (
            <WriteButton
              operation={CheckSupplierInvoice}
              input={{ id }}
              saved={t(isCredit ? 'trade.done.creditChecked' : 'trade.done.checked')}
              icon="check"
              kind="primary"
              reason={{ code: 'DIFFERENCES_FOUND', field: 'acceptedBecause', label: t('trade.acceptedBecause') }}
            >
              {t('trade.check')}
            </WriteButton>
          )}
        </>
      }
    />
  );
}
