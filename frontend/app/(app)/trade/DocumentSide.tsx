import { cents } from '@valeo/money/money.ts';
import type { DocumentChange } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import type { PlainKey } from '#i18n/translate.ts';
import { SideSection } from '#ui/Doc.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Status } from '#ui/Status.tsx';
import type { Related } from './chain.ts';
import { iconOf, isEnd, timeline } from './timeline.ts';

/** All documents of the same business, in order; the one that is open is marked. */
export async function RelatedDocuments({ here, documents }: { here: string; documents: readonly Related[] }) {
  const { t, format } = await language();
  return (
    <SideSection title={t('trade.related')}>
      <ol className="related">
        {documents.map((each) => (
          <li key={each.id} aria-current={each.id === here ? 'true' : undefined}>
            <span className="related-what">
              <span className="subtle">{each.label}</span>
              {each.id === here || !each.href ? (
                <strong className="tabn">{each.text}</strong>
              ) : (
                <a className="tabn" href={each.href}>
                  {each.text}
                </a>
              )}
            </span>
            <span className="related-how">
              {each.state && <Status tone={each.state.tone}>{each.state.label}</Status>}
              <time className="subtle tabn" dateTime={each.date}>
                {format.date(each.date)}
              </time>
            </span>
          </li>
        ))}
      </ol>
    </SideSection>
  );
}

export interface HistoryProps {
  readonly changes: readonly DocumentChange[];
  /** Enum that the states are named by. */
  readonly states:
    | 'QuoteStatus'
    | 'SalesOrderStatus'
    | 'DeliveryStatus'
    | 'SalesInvoiceStatus'
    | 'PurchaseOrderStatus'
    | 'GoodsReceiptStatus'
    | 'SupplierInvoiceStatus';
  readonly payments?: Parameters<typeof timeline>[1];
  /** Why it was cancelled, rejected or returned. */
  readonly reason?: string | null;
}

/** What happened to the document, when and by whom, the newest first. */
export async function DocumentHistory({ changes, states, payments, reason }: HistoryProps) {
  const { t, format } = await language();
  return (
    <SideSection title={t('invoice.history')}>
      <ol className="timeline">
        {timeline(changes, payments, reason).map((each) => {
          if (each.kind === 'payment') {
            const { id, amount, discount, on, account, journalEntry } = each.payment;
            return (
              <li key={id}>
                <span className="timeline-mark timeline-mark--ok">
                  <Icon name="pay" />
                </span>
                <div>
                  <p>
                    {/* Without its entry when accounting is away. */}
                    <a href={journalEntry ? `/finance/journal/${journalEntry.id}` : undefined}>
                      {t('invoice.paymentOf', { amount: format.money(amount.amount) })}
                    </a>
                  </p>
                  {cents(discount.amount) > 0n && (
                    <p>{t('invoice.discountOf', { amount: format.money(discount.amount) })}</p>
                  )}
                  <time dateTime={on}>{t('invoice.onAccount', { date: format.date(on), account })}</time>
                </div>
              </li>
            );
          }
          const { at, by, status } = each.change;
          const mark = isEnd(status) ? 'timeline-mark timeline-mark--warn' : 'timeline-mark';
          return (
            <li key={at + status}>
              <span className={mark}>
                <Icon name={each.first ? 'pencil' : isEnd(status) ? 'undo' : iconOf(status)} />
              </span>
              <div>
                <p>{each.first ? t('invoice.created') : t(`enum.${states}.${status}` as PlainKey)}</p>
                {each.reason && <p className="quote">{each.reason}</p>}
                <time dateTime={at}>{[format.dateTime(at), by?.name].filter(Boolean).join(' · ')}</time>
              </div>
            </li>
          );
        })}
      </ol>
    </SideSection>
  );
}
