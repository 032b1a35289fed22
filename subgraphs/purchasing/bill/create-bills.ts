import { dueDate } from '@valeo/kit/due-date.ts';
import { takenExternalNumbers } from '@valeo/kit/external-numbers.ts';
import { newId } from '@valeo/kit/ids.ts';
import { type FieldFault, fail, ok, type Result } from '@valeo/kit/result.ts';
import { insertRows } from '@valeo/kit/rows.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zCode, zId, zList, zMoney, zPrice, zQuantity, zText } from '@valeo/kit/validate.ts';
import { fromUnits, toUnits } from '@valeo/money/decimal.ts';
import { amountOf } from '@valeo/money/money.ts';
import { documentTotals } from '@valeo/money/totals.ts';
import { z } from 'zod';
import { bothExternal, documentFields, EXTERNAL_FAULT, zBusinessDay } from '../document.input.ts';
import { MASTER_CODES, masterData, purchaseTaxCode, rateOnBill } from '../master-data.ts';
import { drawNumbers } from '../number-range.ts';
import { ordersOf } from '../order/orders-of.ts';
import { refreshOrders } from '../order/refresh-orders.ts';
import { supplierInvoice, supplierInvoiceLine } from './bill.tables.ts';
import { correctedBills } from './corrected-bills.ts';
import { matchBill, matchCredit, statedRounding } from './match-bill.ts';

export const zSupplierInvoice = z
  .object({
    ...documentFields,
    kind: z.enum(['INVOICE', 'CREDIT_NOTE']).nullish(),
    correctsId: zId().nullish(),
    supplierId: zId(),
    supplierNumber: zText(60),
    issuedOn: zBusinessDay(),
    suppliedOn: zBusinessDay().nullish(),
    dueOn: zBusinessDay().nullish(),
    statedGross: zMoney('notNegative').nullish(),
    orderId: zId().nullish(),
    lines: zList(
      z
        .object({
          articleId: zId().nullish(),
          orderLine: z.int().min(1).nullish(),
          description: zText(500).nullish(),
          quantity: zQuantity('positive'),
          unitPrice: zPrice('notNegative'),
          taxCode: zCode(20).nullish(),
          account: zCode(20, 1).nullish(),
        })
        .refine((line) => line.articleId || line.orderLine || line.description, {
          path: ['description'],
          params: { code: 'REQUIRED' },
        }),
      2000,
    ),
  })
  .refine(bothExternal, EXTERNAL_FAULT);
export type SupplierInvoiceInput = z.infer<typeof zSupplierInvoice>;

export const BILL_CODES = [
  ...MASTER_CODES,
  'UNKNOWN_ORDER',
  'UNKNOWN_ORDER_LINE',
  'UNKNOWN_INVOICE',
  'DUPLICATE_BILL',
  'EXTERNAL_NUMBER_TAKEN',
] as const;
export type BillCode = (typeof BILL_CODES)[number];

/** Columns of heads and lines, with everything looked up and compared. `replacing` is a bill that is about to be replaced. */
export async function prepareBills(
  tx: Tx,
  inputs: readonly SupplierInvoiceInput[],
  at: (index: number) => string,
  replacing: string | null = null,
) {
  const faults: FieldFault[] = [...(await duplicates(tx, inputs, at, replacing))];
  const orders = await ordersOf(tx, inputs, at, faults);
  const corrected = await correctedBills(tx, inputs, at, faults, replacing);
  const resolved = inputs.map((input) => {
    const known = input.orderId ? orders.get(input.orderId) : undefined;
    const lines = input.lines.map((line) => {
      const ordered = known?.lines.find((row) => row.position === line.orderLine);
      return {
        ...line,
        ordered,
        articleId: ordered?.articleId ?? line.articleId ?? null,
        taxCode: line.taxCode ?? ordered?.taxCode,
      };
    });
    return { ...input, known, lines };
  });
  const { suppliers, articles } = await masterData(tx, resolved, at, faults);
  const [first] = faults;
  if (first) return fail(first.code as BillCode, { params: { ...first.params }, fields: faults });
  const billedHere = replacing ? await billedBy(tx, replacing) : new Map<number, string>();
  return ok(
    resolved.map((input) => {
      const supplier = suppliers.get(input.supplierId);
      const bill = input.correctsId ? corrected.get(input.correctsId) : undefined;
      const suppliedOn = input.suppliedOn ?? bill?.suppliedOn ?? input.issuedOn;
      const lines = input.lines.map((line) => {
        const article = line.articleId ? articles.get(line.articleId) : undefined;
        return { ...line, article, taxCode: line.taxCode ?? purchaseTaxCode(supplier, article, suppliedOn) };
      });
      const totals = documentTotals(lines, (code) => rateOnBill(code, suppliedOn));
      const rounding = statedRounding(totals.gross, totals.tax, input.statedGross);
      const ordered = input.known?.lines.map((row) => ({
        ...row,
        billed: fromUnits(toUnits(row.billed, 4) - toUnits(billedHere.get(row.position) ?? '0', 4), 4),
      }));
      return {
        head: {
          kind: input.kind ?? 'INVOICE',
          correctsId: input.correctsId ?? null,
          supplierId: input.supplierId,
          supplierName: supplier?.name ?? '',
          supplierNumber: input.supplierNumber,
          issuedOn: input.issuedOn,
          suppliedOn,
          dueOn: input.dueOn ?? dueDate(input.issuedOn, supplier?.paymentTermDays ?? 14),
          orderId: input.orderId ?? null,
          note: input.note ?? null,
          statedGross: input.statedGross ?? null,
          net: amountOf(totals.net),
          tax: amountOf(totals.tax + rounding),
          gross: amountOf(totals.gross + rounding),
          openAmount: amountOf(totals.gross + rounding),
          lineCount: lines.length,
          differences: [
            ...matchBill(lines, ordered ?? null, totals.gross, input.statedGross),
            ...(bill ? matchCredit(totals.gross + rounding, bill.left) : []),
          ],
        },
        lines: lines.map((line, index) => ({
          tenantId: tx.tenantId,
          position: index + 1,
          articleId: line.articleId,
          description: line.description ?? line.ordered?.description ?? line.article?.name ?? '',
          quantity: line.quantity,
          unitPrice: line.unitPrice,
          taxCode: line.taxCode,
          net: amountOf(totals.lineNets[index] ?? 0n),
          account: line.account ?? null,
          orderLine: line.orderLine ?? null,
        })),
      };
    }),
  );
}

/** Stores bills, all or none, in a fixed number of statements. */
export async function createBills(
  tx: Tx,
  inputs: readonly SupplierInvoiceInput[],
): Promise<Result<string[], BillCode>> {
  const at = (index: number) => `items.${index}.`;
  const taken = await takenExternalNumbers(tx, supplierInvoice, inputs, at);
  if (taken.length > 0) return fail('EXTERNAL_NUMBER_TAKEN', { params: { ...taken[0]?.params }, fields: taken });
  const prepared = await prepareBills(tx, inputs, at);
  if (!prepared.ok) return prepared;
  const numbers = await drawNumbers(
    tx,
    'BILL',
    inputs.map(({ issuedOn }) => issuedOn),
  );
  const bills = prepared.value.map((bill) => ({ ...bill, id: newId() }));
  await insertRows(
    tx,
    supplierInvoice,
    bills.map(({ id, head }, index) => ({
      id,
      tenantId: tx.tenantId,
      version: 1,
      currency: 'EUR',
      number: numbers[index],
      status: 'RECEIVED',
      externalSource: inputs[index]?.externalSource ?? null,
      externalNumber: inputs[index]?.externalNumber ?? null,
      createdBy: tx.session.userId,
      ...head,
    })),
  );
  await insertRows(
    tx,
    supplierInvoiceLine,
    bills.flatMap(({ id, lines }) => lines.map((line) => ({ ...line, invoiceId: id }))),
  );
  await refreshOrders(
    tx,
    inputs.flatMap(({ orderId }) => orderId ?? []),
  );
  return ok(bills.map(({ id }) => id));
}

/** A supplier's number comes once a year (rule 35); a lock keeps two requests from bringing it at once. */
async function duplicates(
  tx: Tx,
  inputs: readonly SupplierInvoiceInput[],
  at: (index: number) => string,
  replacing: string | null,
): Promise<FieldFault[]> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('purchasing.supplier_number'), hashtext($1))`, [tx.tenantId]);
  const rows = await tx.query<{ position: number }>(
    `WITH w AS (SELECT supplier, number, left(day, 4)::int AS year, position FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS w (supplier, number, day, position))
     SELECT position FROM w WHERE EXISTS (
       SELECT FROM purchasing.supplier_invoice b WHERE b.supplier_id = w.supplier AND b.supplier_number = w.number AND b.issued_year = w.year
         AND b.status <> 'CANCELLED' AND b.id IS DISTINCT FROM $4::uuid)
     UNION SELECT w.position FROM w JOIN w AS earlier USING (supplier, number, year) WHERE earlier.position < w.position ORDER BY 1`,
    [
      inputs.map((input) => input.supplierId),
      inputs.map((input) => input.supplierNumber),
      inputs.map((input) => input.issuedOn),
      replacing,
    ],
    'duplicate_bills',
  );
  return rows.map(({ position }) => ({
    path: `${at(position - 1)}supplierNumber`,
    code: 'DUPLICATE_BILL',
    params: { number: inputs[position - 1]?.supplierNumber ?? '' },
  }));
}

async function billedBy(tx: Tx, invoiceId: string): Promise<ReadonlyMap<number, string>> {
  const rows = await tx.query<{ line: number; quantity: string }>(
    'SELECT order_line AS line, sum(quantity) AS quantity FROM purchasing.supplier_invoice_line WHERE invoice_id = $1 AND order_line IS NOT NULL GROUP BY 1',
    [invoiceId],
    'billed_by',
  );
  return new Map(rows.map(({ line, quantity }) => [line, quantity]));
}
