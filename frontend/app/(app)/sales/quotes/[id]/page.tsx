import { notFound } from 'next/navigation';
import { ConvertQuote, QuoteDetail, QuoteLive, SetQuoteStatus } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language, languageOfReader } from '#i18n/server.ts';
import { ButtonLink } from '#ui/Button.tsx';
import { WriteButton } from '#ui/WriteButton.tsx';
import { salesChain } from '../../../trade/chain.ts';
import { DocumentHistory, RelatedDocuments } from '../../../trade/DocumentSide.tsx';
import { Paper } from '../../../trade/Paper.tsx';
import { TradeDocument } from '../../../trade/TradeDocument.tsx';
import { tones } from '../../../trade/tones.ts';

export default async function QuotePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { quote, viewer },
    seen,
  } = await askRecord(QuoteDetail, { id });
  if (!quote) notFound();
  const paper = await languageOfReader(quote.customer?.language);
  return (
    <TradeDocument
      live={{ operation: QuoteLive, seen }}
      crumbs={[{ label: t('nav.sales') }, { label: t('nav.quotes'), href: '/sales/quotes' }, { label: quote.number }]}
      title={quote.number}
      state={{ tone: tones.quote[quote.status], label: t(`enum.QuoteStatus.${quote.status}`) }}
      partner={{
        id: quote.customer?.id ?? null,
        name: quote.customerName,
        number: quote.customerNumber,
        country: quote.country,
      }}
      address={quote.customerAddress}
      date={quote.quotedOn}
      chain={[
        { label: t('trade.quote'), state: 'here', links: [], note: format.date(quote.quotedOn) },
        {
          label: t('trade.order'),
          state: quote.order ? 'done' : 'todo',
          links: quote.order ? [{ href: `/sales/orders/${quote.order.id}`, text: quote.order.number }] : [],
        },
      ]}
      facts={[
        { label: t('field.quotedOn'), value: format.date(quote.quotedOn) },
        { label: t('field.validUntil'), value: format.date(quote.validUntil) },
        { label: t('field.customerReference'), value: quote.reference },
        { label: t('field.externalNumber'), value: quote.externalNumber },
      ]}
      lines={quote.lines}
      sums={{ net: quote.net.amount, tax: quote.tax.amount, gross: quote.gross.amount }}
      note={quote.note}
      side={
        <>
          <RelatedDocuments here={id} documents={salesChain({ quote, order: quote.order }, { t, format })} />
          <DocumentHistory changes={quote.history} states="QuoteStatus" />
        </>
      }
      attachments={{ record: 'QUOTE', id, files: quote.attachments }}
      paper={
        <Paper
          locale={paper.locale}
          title={`${paper.t('trade.quote')} ${quote.number}`}
          sender={viewer?.company ?? null}
          recipient={{ name: quote.customerName, address: quote.customerAddress ?? { country: quote.country } }}
          facts={[
            [paper.t('field.quotedOn'), paper.format.date(quote.quotedOn)],
            [paper.t('field.validUntil'), paper.format.date(quote.validUntil)],
            [paper.t('print.customerNumber'), quote.customerNumber],
            [paper.t('print.customerReference'), quote.reference],
          ]}
          lines={quote.lines}
          totals={[
            [paper.t('invoice.net'), paper.format.money(quote.net.amount)],
            [paper.t('invoice.vatLong'), paper.format.money(quote.tax.amount)],
            [paper.t('invoice.gross'), paper.format.money(quote.gross.amount)],
          ]}
          texts={[quote.note, paper.t('print.quoteValid', { date: paper.format.date(quote.validUntil) })]}
        />
      }
      permission="sales:write"
      actions={
        <>
          {quote.status === 'DRAFT' && (
            <ButtonLink icon="pencil" href={`/sales/quotes/${id}/edit`} shortcut="E">
              {t('action.edit')}
            </ButtonLink>
          )}
          {quote.status === 'DRAFT' && (
            <WriteButton
              operation={SetQuoteStatus}
              input={{ id, status: 'SENT' }}
              saved={t('trade.done.sent')}
              icon="mail"
              kind="primary"
            >
              {t('trade.markSent')}
            </WriteButton>
          )}
          {quote.status === 'SENT' && (
            <>
              <WriteButton
                operation={SetQuoteStatus}
                input={{ id, status: 'REJECTED' }}
                saved={t('trade.done.rejected')}
                icon="x"
              >
                {t('trade.reject')}
              </WriteButton>
              <WriteButton
                operation={SetQuoteStatus}
                input={{ id, status: 'ACCEPTED' }}
                saved={t('trade.done.accepted')}
                icon="check"
                kind="primary"
              >
                {t('trade.accept')}
              </WriteButton>
            </>
          )}
          {quote.status === 'ACCEPTED' && (
            <WriteButton
              operation={ConvertQuote}
              input={{ id }}
              saved={t('trade.done.order')}
              icon="arrow-right"
              kind="primary"
              target="/sales/orders/{salesOrder.id}"
            >
              {t('trade.toOrder')}
            </WriteButton>
          )}
        </>
      }
    />
  );
}
