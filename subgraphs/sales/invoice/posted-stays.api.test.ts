import { expect, test } from 'vitest';
import { invoicing } from '../testing/invoicing.ts';

const { sql, posted, pay } = await invoicing();

const CHANGES = [
  ['a text', `UPDATE sales.sales_invoice SET note = 'other' WHERE id = $1`],
  ['the amounts', 'UPDATE sales.sales_invoice SET net = net + 1, gross = gross + 1 WHERE id = $1'],
  ['the day', 'UPDATE sales.sales_invoice SET issued_on = issued_on + 1 WHERE id = $1'],
  ['the quantity of a line', 'UPDATE sales.sales_invoice_line SET quantity = 1 WHERE invoice_id = $1'],
  ['a line less', 'DELETE FROM sales.sales_invoice_line WHERE invoice_id = $1 AND position = 2'],
  ['its VAT', 'DELETE FROM sales.sales_invoice_tax WHERE invoice_id = $1'],
  [
    'a line more',
    `INSERT INTO sales.sales_invoice_line (tenant_id, invoice_id, position, article_id, sku, description, unit, quantity, unit_price, tax_code, net)
     SELECT tenant_id, invoice_id, 9, article_id, sku, description, unit, 1, 1, tax_code, 1 FROM sales.sales_invoice_line
     WHERE invoice_id = $1 AND position = 1`,
  ],
  ['the whole document', 'DELETE FROM sales.sales_invoice WHERE id = $1'],
] as const;

test.each(CHANGES)('the database keeps what a posted invoice says: %s (rules 23, 37)', async (_, statement) => {
  const invoice = await posted();
  await expect(sql(statement, [invoice.id])).rejects.toThrow('POSTED_DOCUMENT');
  expect((await pay(invoice.id, '1.00')).error).toBeNull();
});

test('a posted invoice is no draft again (rule 23)', async () => {
  const { id } = await posted();
  await expect(
    sql(`UPDATE sales.sales_invoice SET status = 'DRAFT', number = NULL WHERE id = $1`, [id]),
  ).rejects.toThrow('POSTED_DOCUMENT');
});
