import type { Consumer } from '@valeo/kit/consumer.ts';

/** A draft that was deleted, one at a time, takes along what was attached to it. No other record can be deleted. */
export const dropAttachments: Consumer = {
  name: 'platform.dropAttachments',
  on: 'sales.SalesInvoice',
  ops: ['deleted'],
  async run(tx, ids) {
    await tx.query(
      `DELETE FROM platform.attachment WHERE record_type = 'SALES_INVOICE' AND record_id = ANY($1::uuid[])`,
      [ids],
    );
  },
};
