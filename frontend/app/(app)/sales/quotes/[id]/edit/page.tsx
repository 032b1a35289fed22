import { QuoteDetail } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { leftBehind } from '#offline/left-behind.ts';
import { TradeFormPage, typedLines } from '../../../../trade/form/TradeFormPage.tsx';
import { emptyDraft } from '../../../../trade/form/trade-draft.ts';

export default async function EditPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ draft?: string }>;
}) {
  const [{ t, format }, { id }, { draft }] = await Promise.all([language(), params, searchParams]);
  const {
    data: { quote: found },
  } = await askRecord(QuoteDetail, { id });
  if (found?.status !== 'DRAFT') leftBehind('sales.quote', id, draft, Boolean(found));
  return (
    <TradeFormPage
      kind="quote"
      crumbs={[
        { label: t('nav.sales') },
        { label: t('nav.quotes'), href: '/sales/quotes' },
        { label: found.number, href: `/sales/quotes/${id}` },
      ]}
      title={found.number}
      edited={{ id, version: found.version }}
      initial={emptyDraft({
        partner: found.customer && {
          id: found.customer.id,
          name: found.customerName,
          detail: `${found.customerNumber}, ${format.country(found.country)}`,
          country: found.country,
        },
        quotedOn: found.quotedOn,
        validUntil: found.validUntil,
        reference: found.reference ?? '',
        note: found.note ?? '',
        lines: typedLines(found.lines, format),
      })}
    />
  );
}
