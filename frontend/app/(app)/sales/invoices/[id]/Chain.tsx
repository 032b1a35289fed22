import { language } from '#i18n/server.ts';
import { Icon } from '#ui/Icon.tsx';
import { counts } from '../../../trade/timeline.ts';
import type { Invoice } from './page.tsx';

/** The way of the document: drafted, posted, paid, and what cancelled it. */
export async function Chain({ invoice }: { invoice: Invoice }) {
  const { t, format } = await language();
  const { status, paymentStatus, cancelledBy } = invoice;
  const original = invoice.cancels ?? invoice.corrects;
  const payments = invoice.payments.filter(counts);
  const done = <Icon name="check" />;
  const posted = status !== 'DRAFT';
  const paid = paymentStatus === 'PAID' && status === 'POSTED';
  return (
    <ol className="chain" tabIndex={0} aria-label={t('invoice.chain')}>
      {original && (
        <li className="is-done">
          <span className="chain-mark">{done}</span>
          <strong>{t('invoice.chain.original')}</strong>
          <a className="tabn" href={`/sales/invoices/${original.id}`}>
            {original.number}
          </a>
          <small className="tabn">{format.date(original.issuedOn)}</small>
        </li>
      )}
      <li className={posted ? 'is-done' : 'is-here'}>
        <span className="chain-mark">{posted && done}</span>
        <strong>{t('invoice.state.draft')}</strong>
        <small className="tabn">{format.dateTime(invoice.createdAt)}</small>
      </li>
      <li className={posted ? 'is-here' : 'is-todo'} aria-current={posted ? 'step' : undefined}>
        <span className="chain-mark" />
        <strong>{t(`enum.SalesInvoiceKind.${invoice.kind}`)}</strong>
        <span className="no tabn medium">{invoice.number ?? '–'}</span>
        <small className="tabn">
          {invoice.postedAt ? t('invoice.chain.posted', { date: format.date(invoice.postedAt) }) : ''}
        </small>
      </li>
      {cancelledBy ? (
        <li className="is-done">
          <span className="chain-mark">{done}</span>
          <strong>{t('invoice.chain.cancelled')}</strong>
          <a className="tabn" href={`/sales/invoices/${cancelledBy.id}`}>
            {cancelledBy.number}
          </a>
          <small className="tabn">{format.date(cancelledBy.issuedOn)}</small>
        </li>
      ) : (
        <li className={paid ? 'is-done' : payments.length > 0 ? 'is-part' : 'is-todo'}>
          <span className="chain-mark">{paid && done}</span>
          <strong>{t('invoice.chain.payment')}</strong>
          <small className="tabn">
            {payments.length > 0
              ? t('invoice.chain.openOf', {
                  open: format.amount(invoice.openAmount.amount),
                  gross: format.money(invoice.gross.amount),
                })
              : t('invoice.chain.due', { date: format.date(invoice.dueOn) })}
          </small>
        </li>
      )}
    </ol>
  );
}
