import type { Translate } from '#i18n/translate.ts';
import type { ListDefinition } from '#ui/DataTable/definition.ts';
import { activityList } from '../crm/activities/list.ts';
import { opportunityList } from '../crm/opportunities/list.ts';
import { partnerList } from '../crm/partners/list.ts';
import { accountList } from '../finance/accounts/list.ts';
import { bankList } from '../finance/bank/list.ts';
import { journalList } from '../finance/journal/list.ts';
import { openItemList } from '../finance/open-items/list.ts';
import { articleList } from '../inventory/articles/list.ts';
import { stockMovementList } from '../inventory/stock-movements/list.ts';
import { supplierInvoiceList } from '../purchasing/invoices/list.ts';
import { purchaseOrderList } from '../purchasing/orders/list.ts';
import { receiptList } from '../purchasing/receipts/list.ts';
import { deliveryList } from '../sales/deliveries/list.ts';
import { invoiceList } from '../sales/invoices/list.ts';
import { salesOrderList } from '../sales/orders/list.ts';
import { quoteList } from '../sales/quotes/list.ts';
import { taskList } from '../tasks/list.ts';

/** Every list whose saved views can stand on the dashboard, by the path of its page. */
const lists: readonly (readonly [path: string, definition: (t: Translate) => ListDefinition])[] = [
  ['/sales/invoices', invoiceList],
  ['/sales/orders', salesOrderList],
  ['/sales/quotes', quoteList],
  ['/sales/deliveries', deliveryList],
  ['/crm/partners', partnerList],
  ['/crm/opportunities', opportunityList],
  ['/crm/activities', activityList],
  ['/inventory/articles', articleList],
  ['/inventory/stock-movements', stockMovementList],
  ['/purchasing/orders', purchaseOrderList],
  ['/purchasing/receipts', receiptList],
  ['/purchasing/invoices', supplierInvoiceList],
  ['/finance/journal', journalList],
  ['/finance/open-items', openItemList],
  ['/finance/accounts', accountList],
  ['/finance/bank', bankList],
  ['/tasks', taskList],
];

export interface ListAt {
  readonly path: string;
  readonly definition: ListDefinition;
}

/** The list that a connection of the graph belongs to. */
export function listOf(connection: string, t: Translate): ListAt | null {
  for (const [path, make] of lists) {
    const definition = make(t);
    if (definition.connection === connection) return { path, definition };
  }
  return null;
}
