import { conflict } from '@valeo/kit/conflict.ts';
import { takenExternalNumbers } from '@valeo/kit/external-numbers.ts';
import { fail, ok, type Result } from '@valeo/kit/result.ts';
import { changeRow, insertRows, type Values } from '@valeo/kit/rows.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { NumberRange } from '../number-range.ts';
import { numbersOf } from './number-documents.ts';
import {
  type DocumentInput,
  headOf,
  linesOf,
  PRICE_CODES,
  type PricedDocument,
  priceDocuments,
} from './price-documents.ts';

export const DOCUMENT_CODES = [...PRICE_CODES, 'EXTERNAL_NUMBER_TAKEN'] as const;
export type DocumentCode = (typeof DOCUMENT_CODES)[number];

/** What tells quotes, orders and deliveries apart where they are written. */
export interface DocumentKind<Input extends DocumentInput> {
  readonly table: PgTable;
  readonly lineTable: PgTable;
  /** Property and column of a line that name its document. */
  readonly owner: 'orderId' | 'quoteId' | 'deliveryId';
  readonly ownerColumn: 'order_id' | 'quote_id' | 'delivery_id';
  readonly range: NumberRange;
  /** Day of the document: chooses its number range and VAT rates. */
  dayOf(input: Input): string;
  /** Columns of the head that only this kind has. */
  columnsOf(input: Input): Values;
  /** Columns of a line that only this kind has. */
  lineColumnsOf?(line: Input['lines'][number]): Values;
}

/** Stores documents, all or none, in a fixed number of statements; answers their ids in the order of the inputs. */
export async function createDocuments<Input extends DocumentInput>(
  tx: Tx,
  kind: DocumentKind<Input>,
  inputs: readonly Input[],
  at: (index: number) => string = (index) => `items.${index}.`,
): Promise<Result<string[], DocumentCode>> {
  const taken = await takenExternalNumbers(tx, kind.table, inputs, at);
  if (taken.length > 0) return fail('EXTERNAL_NUMBER_TAKEN', { params: { ...taken[0]?.params }, fields: taken });
  const priced = await priceDocuments(tx, inputs, at, kind.dayOf);
  if (!priced.ok) return priced;
  const numbers = await numbersOf(tx, kind.range, inputs.map(kind.dayOf));
  const heads = priced.value.map((document, index) => ({
    id: document.id,
    tenantId: tx.tenantId,
    version: 1,
    number: numbers[index],
    currency: 'EUR',
    externalSource: document.input.externalSource ?? null,
    externalNumber: document.input.externalNumber ?? null,
    createdBy: tx.session.userId,
    ...headOf(document),
    ...kind.columnsOf(document.input),
  }));
  await insertRows(tx, kind.table, heads);
  await insertRows(
    tx,
    kind.lineTable,
    priced.value.flatMap((document) => lineRows(tx, kind, document)),
  );
  return ok(priced.value.map(({ id }) => id));
}

/** Replaces a document that is still a draft by what the input says. */
export async function replaceDocument<Input extends DocumentInput>(
  tx: Tx,
  kind: DocumentKind<Input>,
  before:
    | { readonly id: string; readonly version: number; readonly status: string; readonly number: string }
    | undefined,
  input: Input & { readonly version: number },
): Promise<Result<string, DocumentCode | 'NOT_FOUND' | 'CONFLICT' | 'NOT_EDITABLE'>> {
  if (!before) return fail('NOT_FOUND');
  if (before.version !== input.version) return conflict(input, before);
  if (before.status !== 'DRAFT') return fail('NOT_EDITABLE', { params: { number: before.number } });
  const priced = await priceDocuments(tx, [input], () => '', kind.dayOf);
  if (!priced.ok) return priced;
  const [fresh] = priced.value;
  if (!fresh) return fail('NOT_FOUND');
  const document = { ...fresh, id: before.id };
  await tx.query(`DELETE FROM sales.${getTableName(kind.lineTable)} WHERE ${kind.ownerColumn} = $1`, [before.id]);
  await changeRow(tx, kind.table, before.id, { ...headOf(document), ...kind.columnsOf(input) });
  await insertRows(tx, kind.lineTable, lineRows(tx, kind, document));
  return ok(before.id);
}

const lineRows = <Input extends DocumentInput>(tx: Tx, kind: DocumentKind<Input>, document: PricedDocument<Input>) =>
  linesOf(tx, document).map((line, index) => {
    const given = document.input.lines[index];
    return { ...line, [kind.owner]: document.id, ...(given && kind.lineColumnsOf?.(given)) };
  });
