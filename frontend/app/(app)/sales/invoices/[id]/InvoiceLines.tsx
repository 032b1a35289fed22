import { cents } from '@valeo/money/money.ts';
import { Fragment } from 'react';
import { language } from '#i18n/server.ts';
import { SectionHead } from '#ui/Doc.tsx';
import { counts } from '../../../trade/timeline.ts';
import type { Invoice } from './page.tsx';

export async function InvoiceLines({ lines, taxes }: Pick<Invoice, 'lines' | 'taxes'>) {
  const { t, format } = await language();
  const rates = new Map(taxes.map((tax) => [tax.taxCode, tax.rate]));
  return (
    <section>
      <SectionHead title={t('invoice.lines')} count={format.integer(lines.length)} />
      <table className="table lines">
        <thead>
          <tr>
            <th className="num">{t('field.position')}</th>
            <th>{t('field.article')}</th>
            <th>{t('field.articleName')}</th>
            <th className="num">{t('field.quantity')}</th>
            <th className="num">{t('invoice.unitPrice')}</th>
            <th className="num">{t('invoice.vat')}</th>
            <th className="num">{t('field.net')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.position}>
              <td className="num subtle">{line.position}</td>
              <td className="sku tabn">
                {line.article ? <a href={`/inventory/articles/${line.article.id}`}>{line.sku}</a> : line.sku}
              </td>
              <td className="truncate">{line.description}</td>
              <td className="num">{format.decimal(line.quantity)}</td>
              <td className="num">{format.decimal(line.unitPrice, 2)}</td>
              <td className="num muted">{format.decimal(rates.get(line.taxCode) ?? '0')} %</td>
              <td className="num">{format.amount(line.net)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** VAT by rate beside the totals: net, VAT, gross, payments, what is open. */
export async function InvoiceSums({ invoice }: { invoice: Invoice }) {
  const { t, format } = await language();
  const { taxes, net, gross, payments, openAmount, status } = invoice;
  const euro = (amount: string) => format.money(amount, net.currency);
  return (
    <section className="doc-sums">
      <div className="vat">
        <SectionHead title={t('invoice.vatLong')} />
        <table className="table">
          <thead>
            <tr>
              <th>{t('field.taxCode')}</th>
              <th className="num">{t('invoice.rate')}</th>
              <th className="num">{t('invoice.base')}</th>
              <th className="num">{t('field.tax')}</th>
            </tr>
          </thead>
          <tbody>
            {taxes.map((tax) => (
              <tr key={tax.taxCode}>
                <td>
                  <span className="tabn">{tax.taxCode}</span>
                  {tax.note && <small className="subtle"> {tax.note}</small>}
                </td>
                <td className="num">{format.decimal(tax.rate)} %</td>
                <td className="num">{format.amount(tax.net.amount)}</td>
                <td className="num">{format.amount(tax.tax.amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl className="totals">
        <div>
          <dt>{t('invoice.net')}</dt>
          <dd className="num">{euro(net.amount)}</dd>
        </div>
        {taxes.map((tax) => (
          <div key={tax.taxCode}>
            <dt>{t('invoice.vatRate', { rate: format.decimal(tax.rate) })}</dt>
            <dd className="num">{euro(tax.tax.amount)}</dd>
          </div>
        ))}
        <div className="total">
          <dt>{t('invoice.gross')}</dt>
          <dd className="num">{euro(gross.amount)}</dd>
        </div>
        {payments.filter(counts).map(({ id, receivedOn, amount, discount }) => (
          <Fragment key={id}>
            <div>
              <dt>{t('invoice.paymentOn', { date: format.date(receivedOn) })}</dt>
              <dd className="num">{euro(`-${amount.amount}`)}</dd>
            </div>
            {cents(discount.amount) > 0n && (
              <div>
                <dt>{t('invoice.discountOn', { date: format.date(receivedOn) })}</dt>
                <dd className="num">{euro(`-${discount.amount}`)}</dd>
              </div>
            )}
          </Fragment>
        ))}
        {status === 'POSTED' && (
          <div className="rest">
            <dt>{t('invoice.open')}</dt>
            <dd className="num">{euro(openAmount.amount)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
