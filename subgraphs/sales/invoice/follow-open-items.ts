import type { Consumer } from '@valeo/kit/consumer.ts';

/**
 * Finance settles open items on its own, for example when a bank transaction is matched. The invoice's copy of what is open,
 * which lists sort and filter by, follows. What is the same already is left alone, so a second run changes nothing.
 */
export const followOpenItems: Consumer = {
  name: 'sales.followOpenItems',
  on: 'finance.OpenItem',
  ops: ['updated'],
  async run(tx, ids) {
    await tx.query(
      `UPDATE sales.sales_invoice i SET open_amount = item.open, version = i.version + 1, updated_at = now(),
         payment_status = CASE WHEN item.open = 0 THEN 'PAID' WHEN item.open = i.gross THEN 'OPEN' ELSE 'PARTIAL' END
       FROM (SELECT (data ->> 'sourceId')::uuid AS invoice_id, abs((data ->> 'openAmount')::numeric) AS open FROM kit.published
             WHERE type = 'finance.OpenItem' AND data ->> 'sourceType' = 'sales.SalesInvoice' AND (cardinality($1::uuid[]) = 0 OR id = ANY($1::uuid[]))) item
       WHERE i.id = item.invoice_id AND i.status = 'POSTED' AND i.open_amount <> item.open AND item.open <= i.gross`,
      [ids],
    );
  },
};
