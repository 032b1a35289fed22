import type { ReactNode } from 'react';
import { FormDrafts, TaxCodes } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import type { Formats } from '#i18n/format.ts';
import { language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { type Crumb, Page } from '#shell/Page.tsx';
import { DocHead } from '#ui/Doc.tsx';
import { Pill } from '#ui/Status.tsx';
import { emptyLine } from '../../sales/invoices/form/draft.ts';
import { type TradeKindName, tradeKinds } from './kinds.ts';
import { TradeForm } from './TradeForm.tsx';
import type { TradeDraft } from './trade-draft.ts';
import type { Created } from './use-saving.ts';

/** The page around the form of a document, new or being changed. */
export async function TradeFormPage({
  kind,
  crumbs,
  title,
  initial,
  edited = null,
  orderId,
  created,
  ratesOf,
  meta = null,
}: {
  kind: TradeKindName;
  crumbs: readonly Crumb[];
  title: string;
  initial: TradeDraft;
  edited?: { readonly id: string; readonly version: number } | null;
  orderId?: string | null;
  created?: Created;
  /** Day whose VAT rates hold whatever day the document is given: that of the supply of an invoice which is corrected. */
  ratesOf?: string;
  meta?: ReactNode;
}) {
  const { form, side, rateDay } = tradeKinds[kind];
  // A bill that is stored has come in; it is a draft until then.
  const isStoredBill = form.startsWith('purchasing.') && kind !== 'purchaseOrder' && edited !== null;
  const [{ t }, { taxCodes }, { drafts }] = await Promise.all([
    language(),
    ask(TaxCodes, { on: ratesOf ?? (initial[rateDay] || initial.issuedOn || today()) }),
    ask(FormDrafts, { form, recordId: edited?.id }),
  ]);
  return (
    <Page crumbs={crumbs} permission={side === 'SALE' ? 'sales:write' : 'purchasing:write'}>
      {edited && <title>{`${t('title.edit', { name: title })} · VALEO NeuroERP`}</title>}
      <DocHead
        title={title}
        pills={
          <Pill tone="draft">{t(isStoredBill ? 'enum.SupplierInvoiceStatus.RECEIVED' : 'invoice.state.draft')}</Pill>
        }
        meta={meta}
      />
      <TradeForm
        kind={kind}
        initial={initial}
        edited={edited}
        orderId={orderId}
        created={created}
        ratesOf={ratesOf}
        drafts={drafts}
        taxCodes={taxCodes.filter((tax) => tax.direction === side)}
      />
    </Page>
  );
}

interface StoredLine {
  readonly article?: { readonly id: string; readonly sku?: string } | null;
  readonly sku?: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly taxCode: string;
  readonly orderLine?: number | null;
  readonly delivery?: { readonly id: string } | null;
  readonly account?: string | null;
}

/** Lines of a stored document as they are typed, with an empty one to go on with. */
export const typedLines = (lines: readonly StoredLine[], format: Formats): TradeDraft['lines'] => [
  ...lines.map((line) => ({
    ...emptyLine(),
    articleId: line.article?.id ?? null,
    sku: line.sku ?? line.article?.sku ?? '',
    name: line.description,
    quantity: format.decimal(line.quantity),
    unitPrice: format.decimal(line.unitPrice, 2),
    taxCode: line.taxCode,
    description: line.description,
    orderLine: line.orderLine ?? null,
    deliveryId: line.delivery?.id ?? null,
    account: line.account ?? null,
  })),
  emptyLine(),
];
