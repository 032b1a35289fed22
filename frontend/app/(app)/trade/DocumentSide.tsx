import { cents } from '@valeo/money/money.ts';
import type { DocumentChange } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import type { PlainKey } from '#i18n/translate.ts';
import { Allowed } from '#shell/Allowed.tsx';
import { SideSection } from '#ui/Doc.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Status } from '#ui/Status.tsx';
import { CancelButton } from './CancelButton.tsx';
import type { Cancelling } from './CancelDialog.tsx';
import type { Related } from './chain.ts';
import { iconOf, isEnd, type Payment, timeline } from './timeline.ts';

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
  /** How its payments are taken back; without it none of them can be. */
  readonly takingBack?: TakingBack | null;
  /** Why it was cancelled, rejected or returned. */
  readonly reason?: string | null;
}

interface TakingBack {
  readonly operation: Cancelling['operation'];
  readonly permission: string;
}

/** What happened to the document, when and by whom, the newest first. */
export async function DocumentHistory({ changes, states, payments, takingBack, reason }: HistoryProps) {
  const { t, format } = await language();
  return (
    <SideSection title={t('invoice.history')}>
      <ol className="timeline">
        {timeline(changes, payments, reason).map((each) => {
          if (each.kind === 'payment')
            return <PaymentStep key={each.payment.id} {...{ takingBack, ...each.payment }} />;
          const { at, by, status } = each.change;
          const mark = isEnd(status) ? 'timeline-mark timeline-mark--warn' : 'timeline-mark';
          return (
            <li key={at + status}>
              <span className={mark}>
                <Icon name={each.first ? 'pencil' : each.again || isEnd(status) ? 'undo' : iconOf(status)} />
              </span>
              <div>
                <p>
                  {t(
                    each.first
                      ? 'invoice.created'
                      : each.again
                        ? 'invoice.openAgain'
                        : (`enum.${states}.${status}` as PlainKey),
                  )}
                </p>
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

/** A payment; one that was taken back stays, with the day and the reason, and one that counts can be taken back. */
async function PaymentStep({ takingBack, ...payment }: Payment & Pick<HistoryProps, 'takingBack'>) {
  const { t, format } = await language();
  const { id, discount, on, account, journalEntry, cancelledOn, cancelEntry, cancelReason } = payment;
  const amount = format.money(payment.amount.amount);
  const What = cancelledOn ? 's' : 'span';
  return (
    <li>
      <span className={`timeline-mark timeline-mark--${cancelledOn ? 'warn' : 'ok'}`}>
        <Icon name={cancelledOn ? 'undo' : 'pay'} />
      </span>
      <div>
        <p>
          {/* Without its entry when accounting is away. */}
          <a href={journalEntry ? `/finance/journal/${journalEntry.id}` : undefined}>
            <What>{t('invoice.paymentOf', { amount })}</What>
          </a>
        </p>
        {cents(discount.amount) > 0n && (
          <p>
            <What>{t('invoice.discountOf', { amount: format.money(discount.amount) })}</What>
          </p>
        )}
        <time dateTime={on}>{t('invoice.onAccount', { date: format.date(on), account })}</time>
        {cancelledOn && (
          <>
            <p>
              <a href={cancelEntry ? `/finance/journal/${cancelEntry.id}` : undefined}>
                {t('invoice.takenBackOn', { date: format.date(cancelledOn) })}
              </a>
            </p>
            <p className="quote">{cancelReason}</p>
          </>
        )}
        {takingBack && !cancelledOn && (
          <Allowed permission={takingBack.permission}>
            <div className="timeline-action">
              <CancelButton
                operation={takingBack.operation}
                id={id}
                action={t('invoice.takeBack')}
                question={t('invoice.takeBackQuestion', { amount })}
                text={t('invoice.takeBackText')}
                done={t('invoice.isTakenBack', { amount })}
                dated
              />
            </div>
          </Allowed>
        )}
      </div>
    </li>
  );
}
