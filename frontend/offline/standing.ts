import {
  ArticleStanding,
  DeliveryStanding,
  GoodsReceiptStanding,
  PartnerStanding,
  PurchaseOrderStanding,
  QuoteStanding,
  SalesInvoiceStanding,
  SalesOrderStanding,
  SupplierInvoiceStanding,
} from '#graphql/_generated/operations.ts';
import { requestOnce } from '#graphql/client.ts';
import type { Operation } from '#graphql/operation.ts';
import type { EditedRecord } from './use-editing.ts';

/** Why a record that is being edited can no longer be saved. */
export type Ended = 'gone' | 'posted' | 'cancelled' | 'closed';

interface Standing {
  readonly record: { readonly version: number; readonly status?: string } | null;
}

interface Asked {
  readonly operation: Operation<Standing, { id: string }>;
  /** The only status in which its form opens. */
  readonly open?: string;
}

const asked: Readonly<Record<string, Asked>> = {
  'crm.partner': { operation: PartnerStanding },
  'inventory.article': { operation: ArticleStanding },
  'purchasing.invoice': { operation: SupplierInvoiceStanding, open: 'RECEIVED' },
  'purchasing.order': { operation: PurchaseOrderStanding, open: 'DRAFT' },
  'purchasing.receipt': { operation: GoodsReceiptStanding, open: 'DRAFT' },
  'sales.delivery': { operation: DeliveryStanding, open: 'DRAFT' },
  'sales.invoice': { operation: SalesInvoiceStanding, open: 'DRAFT' },
  'sales.order': { operation: SalesOrderStanding, open: 'DRAFT' },
  'sales.quote': { operation: QuoteStanding, open: 'DRAFT' },
};

const endedBy: Readonly<Record<string, Ended>> = { POSTED: 'posted', CANCELLED: 'cancelled' };

/**
 * What became of a record since it was opened, asked before its page is fetched again: a page that no longer has a form would
 * take away what is typed. `newer` for a form that cannot ask: its page knows.
 */
export async function standingOf({ form, recordId, version }: EditedRecord): Promise<'same' | 'newer' | Ended> {
  const found = asked[form];
  if (!found || !recordId) return 'newer';
  const { record } = await requestOnce(found.operation, { id: recordId });
  if (!record) return 'gone';
  if (found.open && record.status !== found.open) return endedBy[record.status ?? ''] ?? 'closed';
  return record.version === version ? 'same' : 'newer';
}
