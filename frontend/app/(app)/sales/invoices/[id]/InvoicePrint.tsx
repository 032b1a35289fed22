import { language } from '#i18n/server.ts';
import { unitName } from '#lists/units.ts';
import type { Invoice } from './page.tsx';

type Address = {
  name?: string | null;
  street?: string | null;
  postalCode?: string | null;
  city?: string | null;
  country?: string | null;
} | null;

/**
 * The document on paper, with everything § 14 UStG asks for: both parties, tax number, dates, number, quantity and name
 * of the goods, net per rate, rate and tax or the reason why there is none. Only printed, never shown.
 */
export async function InvoicePrint({ invoice, title }: { invoice: Invoice; title: string }) {
  const { t, format } = await language();
  const { seller, customerAddress, taxes, net } = invoice;
  const euro = (amount: string) => format.money(amount, net.currency);
  // § 14 UStG keeps the word Gutschrift for documents that the customer writes.
  const kind = t(invoice.cancels ? 'print.kind.cancellation' : `print.kind.${invoice.kind}`);
  const address = (place: Address) => (
    <>
      {place?.street && <div>{place.street}</div>}
      {(place?.postalCode || place?.city) && <div>{`${place?.postalCode ?? ''} ${place?.city ?? ''}`.trim()}</div>}
      {place?.country && <div>{format.country(place.country)}</div>}
    </>
  );
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [t('print.number', { kind }), title],
    [t('invoice.issuedOn'), format.date(invoice.issuedOn)],
    [t('field.suppliedOn'), format.date(invoice.suppliedOn)],
    [t('print.customerNumber'), invoice.customerNumber],
    [t('field.reference'), invoice.reference],
    [t('print.customerVatId'), invoice.customerVatId],
    [t('print.cancels'), invoice.cancels && `${invoice.cancels.number}, ${format.date(invoice.cancels.issuedOn)}`],
  ];

  return (
    <article className="paper" aria-hidden="true">
      <header>
        <div>
          <p className="paper-sender">
            {[
              seller?.legalName ?? seller?.name,
              seller?.address?.street,
              `${seller?.address?.postalCode ?? ''} ${seller?.address?.city ?? ''}`.trim(),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <address>
            <div>{invoice.customerName}</div>
            {address(customerAddress ?? { country: invoice.country })}
          </address>
        </div>
        <div className="paper-seller">
          <strong>{seller?.legalName ?? seller?.name}</strong>
          {address(seller?.address ?? null)}
          {seller?.phone && <div>{seller.phone}</div>}
          {seller?.email && <div>{seller.email}</div>}
        </div>
      </header>
      <h2>
        {kind} {title}
      </h2>
      <dl className="paper-facts">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <table className="table">
        <thead>
          <tr>
            <th className="num">{t('field.position')}</th>
            <th>{t('field.article')}</th>
            <th>{t('field.articleName')}</th>
            <th className="num">{t('field.quantity')}</th>
            <th>{t('field.unit')}</th>
            <th className="num">{t('invoice.unitPrice')}</th>
            <th>{t('field.taxCode')}</th>
            <th className="num">{t('field.net')}</th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map((line) => (
            <tr key={line.position}>
              <td className="num">{line.position}</td>
              <td>{line.sku}</td>
              <td>{line.description}</td>
              <td className="num">{format.decimal(line.quantity)}</td>
              <td>{unitName(t, line.unit)}</td>
              <td className="num">{format.decimal(line.unitPrice, 2)}</td>
              <td>{line.taxCode}</td>
              <td className="num">{format.amount(line.net)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="totals">
        <div>
          <dt>{t('invoice.net')}</dt>
          <dd className="num">{euro(net.amount)}</dd>
        </div>
        {taxes.map((tax) => (
          <div key={tax.taxCode}>
            <dt>{t('print.vatOn', { rate: format.decimal(tax.rate), net: euro(tax.net.amount) })}</dt>
            <dd className="num">{euro(tax.tax.amount)}</dd>
          </div>
        ))}
        <div className="total">
          <dt>{t('invoice.gross')}</dt>
          <dd className="num">{euro(invoice.gross.amount)}</dd>
        </div>
      </dl>
      {taxes.map((tax) => tax.note && <p key={tax.taxCode}>{tax.note}</p>)}
      {invoice.note && <p>{invoice.note}</p>}
      {invoice.cancelReason && <p>{invoice.cancelReason}</p>}
      {invoice.kind === 'INVOICE' && (
        <p>
          {t('print.payUntil', { date: format.date(invoice.dueOn), amount: euro(invoice.gross.amount), number: title })}
        </p>
      )}
      <footer>
        {[
          [t('print.taxNumber'), seller?.taxNumber],
          [t('field.vatId'), seller?.vatId],
          [
            seller?.bankName ?? t('nav.bank'),
            seller?.iban && `IBAN ${seller.iban}${seller.bic ? `, BIC ${seller.bic}` : ''}`,
          ],
        ]
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <span key={label}>{`${label}: ${value}`}</span>
          ))}
      </footer>
    </article>
  );
}
