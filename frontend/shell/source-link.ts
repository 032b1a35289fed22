const pages: Readonly<Record<string, string>> = {
  'sales.SalesInvoice': '/sales/invoices/',
  'sales.Delivery': '/sales/deliveries/',
  'purchasing.GoodsReceipt': '/purchasing/receipts/',
  'purchasing.SupplierInvoice': '/purchasing/invoices/',
  'purchasing.SupplierInvoiceCancellation': '/purchasing/invoices/',
  'finance.BankTransaction': '/finance/bank/',
};

/** The page of the document that caused an entry or item, from `type:id`; null when it has none. */
export function sourceLink(source: string): string | null {
  const [type = '', id] = source.split(':');
  const page = pages[type];
  return page && id ? page + id : null;
}
