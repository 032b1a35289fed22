import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isDate } from '@valeo/kit/scalars.ts';
import { TaskFault } from '@valeo/kit/task.ts';
import { isDecimal, toUnits } from '@valeo/money/decimal.ts';
import { parse } from 'csv-parse';
import { countryCode } from './countries.ts';

export interface SourceLine {
  readonly sku: string;
  readonly description: string;
  /** As in the file: negative on cancellations. */
  readonly quantity: string;
  readonly unitPrice: string;
}

export type DocumentKind = 'INVOICE' | 'CREDIT_NOTE' | 'JOURNAL' | 'ADJUSTMENT';

export interface SourceDocument {
  readonly number: string;
  /** Its first line in the file. */
  readonly firstLine: number;
  kind: DocumentKind;
  readonly date: string;
  /** Null: a cash sale. */
  readonly customer: string | null;
  readonly country: string;
  readonly lines: SourceLine[];
}

export interface Rejected {
  /** Line in the file, the header being 1. */
  readonly line: number;
  readonly reason: string;
}

const COLUMNS = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;
type Column = (typeof COLUMNS)[number];

/**
 * Reads the file (plain or gzip) into documents in the order of their dates. A line that cannot be read is noted with number
 * and reason, and the rest goes on; a wrong header ends the reading.
 */
export async function readDocuments(
  content: AsyncIterable<Uint8Array>,
): Promise<{ documents: SourceDocument[]; rejected: Rejected[] }> {
  const documents = new Map<string, SourceDocument>();
  const rejected: Rejected[] = [];
  let positions: Readonly<Record<Column, number>> | undefined;
  const records = (await plain(content)).pipe(
    parse({ bom: true, relax_column_count: true, skip_empty_lines: true, info: true }),
  );
  for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    if (!positions) {
      positions = positionsOf(record);
      continue;
    }
    const reason = addLine(documents, record, positions, info.lines);
    if (reason) rejected.push({ line: info.lines, reason });
  }
  if (!positions) throw new TaskFault({ de: 'Die Datei ist leer.', en: 'The file is empty.' });
  for (const document of documents.values()) document.kind = kindOf(document);
  const inOrder = [...documents.values()].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return { documents: inOrder, rejected };
}

/** Unpacks gzip, which begins with 1f 8b. */
async function plain(content: AsyncIterable<Uint8Array>): Promise<Readable> {
  const pieces = content[Symbol.asyncIterator]();
  const first = await pieces.next();
  const all = Readable.from(
    (async function* () {
      if (!first.done) yield first.value;
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
    })(),
    { objectMode: false },
  );
  const isGzip = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (!isGzip) return all;
  const unpacked = createGunzip();
  all.on('error', (error) => unpacked.destroy(error));
  return all.pipe(unpacked);
}

function positionsOf(header: readonly string[]): Readonly<Record<Column, number>> {
  const found = header.map((name) => name.trim());
  const missing = COLUMNS.filter((column) => !found.includes(column));
  if (missing.length > 0) {
    throw new TaskFault({
      de: `Der Kopfzeile fehlen die Spalten ${missing.join(', ')}; gefunden wurden ${found.join(', ').slice(0, 200)}.`,
      en: `The header lacks the columns ${missing.join(', ')}; found were ${found.join(', ').slice(0, 200)}.`,
    });
  }
  return Object.fromEntries(COLUMNS.map((column) => [column, found.indexOf(column)])) as Record<Column, number>;
}

/** Adds a line to its document; answers what is wrong with it, or null. */
function addLine(
  documents: Map<string, SourceDocument>,
  record: readonly string[],
  at: Readonly<Record<Column, number>>,
  fileLine: number,
): string | null {
  if (record.length <= Math.max(...Object.values(at))) return `${record.length} columns instead of ${COLUMNS.length}`;
  const value = (column: Column) => record[at[column]] ?? '';
  const number = value('InvoiceNo');
  const sku = value('StockCode');
  const date = value('InvoiceDate').slice(0, 10);
  const country = countryCode(value('Country'));
  if (!number || number.length > 60) return 'InvoiceNo is missing or too long';
  if (!sku || sku.length > 60) return 'StockCode is missing or too long';
  if (!/^-?\d{1,11}$/.test(value('Quantity')) || Number(value('Quantity')) === 0)
    return `Quantity is not a whole number other than zero: ${value('Quantity')}`;
  if (!isDecimal(value('UnitPrice'), 4))
    return `UnitPrice is not a decimal with at most 4 places: ${value('UnitPrice')}`;
  if (!isDate(date)) return `InvoiceDate is not a date: ${value('InvoiceDate')}`;
  if (!country) return `Country is unknown: ${value('Country')}`;
  const negativePrice = value('UnitPrice').startsWith('-');
  if (negativePrice && !number.startsWith('A')) return `UnitPrice is negative: ${value('UnitPrice')}`;
  if (number.startsWith('C') !== value('Quantity').startsWith('-') && toUnits(value('UnitPrice'), 4) !== 0n) {
    return `Quantity has the wrong sign for this kind of document: ${value('Quantity')}`;
  }
  let document = documents.get(number);
  if (!document) {
    document = {
      number,
      firstLine: fileLine,
      kind: 'INVOICE',
      date,
      customer: value('CustomerID') || null,
      country,
      lines: [],
    };
    documents.set(number, document);
  }
  document.lines.push({
    sku,
    description: value('Description').trim(),
    quantity: value('Quantity'),
    unitPrice: value('UnitPrice'),
  });
  return null;
}

/** C: credit note. A: journal entry. Nothing but zero prices and no customer: a correction of stock. The rest are invoices. */
function kindOf({ number, customer, lines }: SourceDocument): DocumentKind {
  if (number.startsWith('C')) return 'CREDIT_NOTE';
  if (number.startsWith('A')) return 'JOURNAL';
  const isFree = lines.every((line) => toUnits(line.unitPrice, 4) === 0n);
  return isFree && customer === null ? 'ADJUSTMENT' : 'INVOICE';
}
