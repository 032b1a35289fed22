import { cents } from '@valeo/money/money.ts';
import { CancelPayment } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { Allowed } from '#shell/Allowed.tsx';
import { EntryCard, Facts, SideSection } from '#ui/Doc.tsx';
import { LostPart } from '#ui/LostPart.tsx';
import { Progress } from '#ui/States.tsx';
import { salesChain } from '../../../trade/chain.ts';
import { DocumentHistory, RelatedDocuments } from '../../../trade/DocumentSide.tsx';
import { SettleButton } from '../../../trade/SettleButton.tsx';
import { received } from '../../../trade/timeline.ts';
import type { Invoice } from './page.tsx';

/** What belongs to the document: how much is open, the customer, the entry in the journal, what happened so far. */
export async function InvoiceSide({ invoice, lost }: { invoice: Invoice; lost: ReadonlySet<string> }) {
  const { t, format } = await language();
  const { openAmount, gross, customer, journalEntry, payments, status } = invoice;
  const { order, deliveries, corrects, creditNotes, cancels, cancelledBy, history } = invoice;
  const all = cents(gross.amount);
  const paidShare = all === 0n ? 100 : Number(((all - cents(openAmount.amount)) * 1000n) / all) / 10;
  const blankZero = (amount: string) => (Number(amount) === 0 ? '' : format.amount(amount));

  return (
    <>
      {status === 'POSTED' && (
        <SideSection title={t('invoice.openAmount')}>
          <p className="bigsum tabn">
            {format.money(openAmount.amount)}{' '}
            <small>{t('invoice.ofGross', { gross: format.money(gross.amount) })}</small>
          </p>
          <div className="side-progress">
            <Progress value={paidShare} label={t('enum.PaymentStatus.PAID')} tone={paidShare === 100 ? 'ok' : 'warn'} />
          </div>
          {customer && cents(openAmount.amount) > 0n && (
            <Allowed permission="finance:post">
              <SettleButton
                source={`sales.SalesInvoice:${invoice.id}`}
                partnerId={customer.id}
                number={invoice.number}
                first={[corrects, ...creditNotes].flatMap((each) => each?.number ?? [])}
              />
            </Allowed>
          )}
        </SideSection>
      )}
      <SideSection
        title={t('field.customerName')}
        href={customer ? `/crm/partners/${customer.id}` : undefined}
        link={t('invoice.openPartner')}
      >
        <div className="person">
          <span className="person-mark">{invoice.country}</span>
          <div>
            {customer ? <a href={`/crm/partners/${customer.id}`}>{invoice.customerName}</a> : invoice.customerName}
            <div className="subtle">
              {t('invoice.debtor', { country: format.country(invoice.country), number: invoice.customerNumber })}
            </div>
          </div>
        </div>
        {['customer', 'customer.receivable'].some((path) => lost.has(`salesInvoice.${path}`)) && <LostPart />}
        <Facts
          facts={[
            { label: t('nav.openItems'), value: customer?.receivable && format.money(customer.receivable.amount) },
            {
              label: t('invoice.creditLimit'),
              value: customer?.creditLimit && format.money(customer.creditLimit.amount),
            },
            { label: t('field.vatId'), value: invoice.customerVatId },
          ]}
        />
      </SideSection>
      {lost.has('salesInvoice.journalEntry') && (
        <SideSection title={t('invoice.entry')}>
          <LostPart />
        </SideSection>
      )}
      {journalEntry && (
        <SideSection title={t('invoice.entry')}>
          <EntryCard
            href={`/finance/journal/${journalEntry.id}`}
            number={journalEntry.number}
            date={format.date(journalEntry.postedOn)}
            lines={journalEntry.lines.map((line) => ({
              account: line.account,
              debit: blankZero(line.debit.amount),
              credit: blankZero(line.credit.amount),
            }))}
            words={{ account: t('field.account'), debit: t('balance.debitEuro'), credit: t('balance.creditEuro') }}
          />
        </SideSection>
      )}
      <RelatedDocuments
        here={invoice.id}
        documents={salesChain(
          {
            order,
            deliveries,
            invoices: [cancels, corrects, invoice, ...creditNotes, cancelledBy].filter((each) => each !== null),
          },
          { t, format },
        )}
      />
      <DocumentHistory
        changes={history}
        states="SalesInvoiceStatus"
        payments={payments.map(received)}
        takingBack={status === 'POSTED' ? { operation: CancelPayment, permission: 'sales:post' } : null}
        reason={invoice.cancelReason}
      />
    </>
  );
}
