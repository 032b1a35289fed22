import { languageOfReader } from '#i18n/server.ts';
import { Paper } from '../../../trade/Paper.tsx';
import type { Invoice } from './page.tsx';
import { taxNote } from './tax-notes.ts';

/**
 * The document on paper, with everything § 14 UStG asks for: both parties, tax number, dates, number, quantity and name
 * of the goods, net per rate, rate and tax or the reason why there is none.
 */
export async function InvoicePrint({ invoice, title }: { invoice: Invoice; title: string }) {
  const { locale, t, format } = await languageOfReader(invoice.customer?.language);
  const { customerAddress, taxes, net, corrects } = invoice;
  const euro = (amount: string) => format.money(amount, net.currency);
  // § 14 UStG keeps the word Gutschrift for documents that the customer writes.
  const kind = t(invoice.cancels ? 'print.kind.cancellation' : `print.kind.${invoice.kind}`);
  return (
    <Paper
      locale={locale}
      title={`${kind} ${title}`}
      sender={invoice.seller}
      recipient={{ name: invoice.customerName, address: customerAddress ?? { country: invoice.country } }}
      facts={[
        [t('print.number', { kind }), title],
        [t('invoice.issuedOn'), format.date(invoice.issuedOn)],
        [t('field.suppliedOn'), format.date(invoice.suppliedOn)],
        [t('print.customerNumber'), invoice.customerNumber],
        [t('print.customerReference'), invoice.reference],
        [t('print.customerVatId'), invoice.customerVatId],
        [t('print.cancels'), invoice.cancels && `${invoice.cancels.number}, ${format.date(invoice.cancels.issuedOn)}`],
      ]}
      lines={invoice.lines}
      rates={new Map(taxes.map((tax) => [tax.taxCode, tax.rate]))}
      totals={[
        [t('invoice.net'), euro(net.amount)],
        ...taxes.map(
          (tax) =>
            [
              t('print.vatOn', { rate: format.decimal(tax.rate), net: euro(tax.net.amount) }),
              euro(tax.tax.amount),
            ] as const,
        ),
        [t('invoice.gross'), euro(invoice.gross.amount)],
      ]}
      texts={[
        corrects && t('invoice.correctionOf', { number: corrects.number ?? '', date: format.date(corrects.issuedOn) }),
        ...taxes.map((tax) => taxNote(tax.taxCode, tax.note, locale)),
        invoice.note,
        invoice.cancelReason,
        invoice.kind === 'INVOICE' &&
          t('print.payUntil', {
            date: format.date(invoice.dueOn),
            amount: euro(invoice.gross.amount),
            number: title,
          }),
      ]}
    />
  );
}
