/**
 * Goods of an order's line that will leave with a draft of an invoice. They have not left yet, but are not there to be delivered or
 * billed once more either.
 */
export const draftedOf = (line: string): string =>
  `(SELECT coalesce(sum(dl.quantity), 0) FROM sales.sales_invoice di JOIN sales.sales_invoice_line dl ON dl.invoice_id = di.id
    WHERE di.order_id = ${line}.order_id AND dl.order_line = ${line}.position AND dl.delivery_id IS NULL
      AND di.kind = 'INVOICE' AND di.status = 'DRAFT')`;
