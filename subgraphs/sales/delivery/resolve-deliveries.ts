import { usableWarehouses } from '@valeo/inventory/stock/stock.ts';
import { type FieldFault, fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { fromUnits, toUnits, trimDecimal } from '@valeo/money/decimal.ts';
import { inArray } from 'drizzle-orm';
import { draftedOf } from '../document/drafted.ts';
import type { DocumentInput, LineInput } from '../document/price-documents.ts';
import { type SalesOrderLineRow, type SalesOrderRow, salesOrder, salesOrderLine } from '../order/order.tables.ts';
import type { DeliveryInput } from './delivery.input.ts';

export const RESOLVE_CODES = [
  'UNKNOWN_ORDER',
  'NOT_CONFIRMED',
  'UNKNOWN_ORDER_LINE',
  'UNKNOWN_WAREHOUSE',
  'NOTHING_TO_DELIVER',
] as const;
type ResolveCode = (typeof RESOLVE_CODES)[number];

/** A delivery whose customer and lines are known. */
export type ResolvedDelivery = Omit<DeliveryInput, 'customerId' | 'lines'> &
  DocumentInput & { readonly lines: readonly (LineInput & { readonly orderLine: number | null })[] };

/** Fills in what the orders say: customer, open lines, prices and texts. A fixed number of statements for any number of deliveries. */
export async function resolveDeliveries<Input extends DeliveryInput>(
  tx: Tx,
  inputs: readonly Input[],
  at: (index: number) => string,
): Promise<Result<(Omit<Input, 'customerId' | 'lines'> & ResolvedDelivery)[], ResolveCode>> {
  const orderIds = [...new Set(inputs.flatMap(({ orderId }) => orderId ?? []))];
  const orders = new Map<string, SalesOrderRow>();
  let lines = new Map<string, SalesOrderLineRow[]>();
  if (orderIds.length > 0) {
    for (const row of await tx.db.select().from(salesOrder).where(inArray(salesOrder.id, orderIds)))
      orders.set(row.id, row);
    const rows = await tx.db
      .select()
      .from(salesOrderLine)
      .where(inArray(salesOrderLine.orderId, orderIds))
      .orderBy(salesOrderLine.position);
    lines = Map.groupBy(rows, (row) => row.orderId);
  }
  const drafted = await draftedLines(tx, orderIds);
  const warehouses = await usableWarehouses(
    tx,
    inputs.flatMap(({ warehouseId }) => warehouseId ?? []),
  );
  const faults: FieldFault[] = [];
  const resolved = inputs.map((input, index) => {
    const fault = (path: string, code: ResolveCode, params: Record<string, string> = {}) =>
      faults.push({ path: `${at(index)}${path}`, code, params });
    const order = input.orderId ? orders.get(input.orderId) : undefined;
    if (input.orderId && !order) fault('orderId', 'UNKNOWN_ORDER');
    if (order && order.status !== 'CONFIRMED') fault('orderId', 'NOT_CONFIRMED', { number: order.number });
    if (input.warehouseId && !warehouses.has(input.warehouseId)) fault('warehouseId', 'UNKNOWN_WAREHOUSE');
    const ordered = order ? (lines.get(order.id) ?? []) : [];
    const wanted = input.lines ?? openLines(ordered, drafted);
    if (order && wanted.length === 0)
      fault('orderId', 'NOTHING_TO_DELIVER', {
        number: order.number,
        ...(openLines(ordered).length > 0 && { sentence: 'NOTHING_TO_DELIVER.DRAFTED' }),
      });
    return {
      ...input,
      customerId: order?.customerId ?? input.customerId ?? '',
      country: input.country ?? order?.country ?? null,
      reference: input.reference ?? order?.reference ?? null,
      lines: wanted.map((line, position) => {
        const source = ordered.find((row) => row.position === line.orderLine);
        if (line.orderLine && !source) fault(`lines.${position}.orderLine`, 'UNKNOWN_ORDER_LINE');
        if (source && line.articleId && line.articleId !== source.articleId)
          fault(`lines.${position}.orderLine`, 'UNKNOWN_ORDER_LINE', {
            sentence: 'UNKNOWN_ORDER_LINE.OTHER_ARTICLE',
            sku: source.sku,
          });
        return {
          articleId: source?.articleId ?? line.articleId ?? '',
          description: line.description ?? source?.description ?? null,
          quantity: line.quantity,
          unitPrice: source?.unitPrice ?? null,
          taxCode: source?.taxCode ?? null,
          orderLine: line.orderLine ?? null,
        };
      }),
    };
  });
  const [first] = faults;
  return first ? fail(first.code as ResolveCode, { params: { ...first.params }, fields: faults }) : ok(resolved);
}

const lineKey = (line: { readonly orderId: string; readonly position: number }) => `${line.orderId} ${line.position}`;

/** What drafts of invoices will take of the lines of orders. */
async function draftedLines(tx: Tx, orderIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (orderIds.length === 0) return new Map();
  const rows = await tx.query<{ orderId: string; position: number; quantity: string }>(
    `SELECT order_id AS "orderId", position, ${draftedOf('o')} AS quantity FROM sales.sales_order_line o WHERE order_id = ANY($1::uuid[])`,
    [orderIds],
    'drafted_lines',
  );
  return new Map(rows.map((row) => [lineKey(row), row.quantity]));
}

/** What of the goods is not delivered yet, nor going to leave with a draft. */
function openLines(
  rows: readonly SalesOrderLineRow[],
  drafted: ReadonlyMap<string, string> = new Map(),
): NonNullable<DeliveryInput['lines']> {
  return rows.flatMap((row) => {
    const open = toUnits(row.quantity, 4) - toUnits(row.delivered, 4) - toUnits(drafted.get(lineKey(row)) ?? '0', 4);
    return row.kind === 'GOODS' && open > 0n
      ? [{ orderLine: row.position, articleId: row.articleId, quantity: trimDecimal(fromUnits(open, 4)) }]
      : [];
  });
}
