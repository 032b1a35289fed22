import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { HEADER, salesFile } from '../testing/sales-file.ts';
import { articlesOf, isService } from './articles.ts';
import { countryCode, saleTaxCode } from './countries.ts';
import { batchesOfDays, openingStock } from './opening-stock.ts';
import { readDocuments } from './read-documents.ts';

/** The bytes in pieces that end in the middle of lines and characters. */
async function* inPieces(content: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < content.length; start += size) yield content.subarray(start, start + size);
}
const read = (text: string) => readDocuments(inPieces(Buffer.from(text)));
const line = (
  given: Partial<Record<'no' | 'sku' | 'text' | 'quantity' | 'at' | 'price' | 'customer' | 'country', string>>,
) => {
  const all = {
    no: '536365',
    sku: '85123A',
    text: 'HEART',
    quantity: '6',
    at: '2010-12-01 08:26:00',
    price: '2.55',
    customer: '17850',
    country: 'United Kingdom',
    ...given,
  };
  return Object.values(all).join(',');
};

describe('reading', () => {
  test('puts lines of one number together, in the order of days', async () => {
    const { documents, rejected } = await read(
      salesFile(
        line({ no: '2', at: '2010-12-02 09:00:00' }),
        line({ no: '1' }),
        line({ no: '2', at: '2010-12-02 09:00:00', sku: '71053' }),
      ),
    );
    expect(rejected).toEqual([]);
    expect(documents.map(({ number, lines }) => [number, lines.length])).toEqual([
      ['1', 1],
      ['2', 2],
    ]);
    expect(documents[0]).toMatchObject({ date: '2010-12-01', country: 'GB', customer: '17850', firstLine: 3 });
  });

  test('reads gzip, a byte order mark, quoted text, umlauts and columns in another order', async () => {
    const text = `\uFEFFCountry,${HEADER.replace(',Country', '')}\r\nGermany,1,A,"Größe ""XL"", rot",1,2010-12-01,1.5,\r\n`;
    const { documents } = await readDocuments(inPieces(gzipSync(text)));
    expect(documents).toMatchObject([
      { customer: null, country: 'DE', lines: [{ description: 'Größe "XL", rot', unitPrice: '1.5' }] },
    ]);
  });

  test.each([
    ['an empty file', '', 'The file is empty.'],
    ['a wrong header', 'a,b\n1,2\n', 'The header lacks the columns InvoiceNo, StockCode'],
    [
      'a header that lacks one column',
      `${HEADER.replace('UnitPrice', 'Price')}\n`,
      'The header lacks the columns UnitPrice',
    ],
  ])('%s is refused as a whole', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test('a broken line is told with its number and reason, and the rest goes in', async () => {
    const { documents, rejected } = await read(
      salesFile(
        line({}),
        line({ quantity: 'six' }),
        line({ quantity: '0' }),
        line({ price: '"2,55"' }),
        line({ at: '2010-02-30' }),
        line({ country: 'Atlantis' }),
        line({ no: '' }),
        line({ sku: '' }),
        line({ price: '-1.00' }),
        line({ quantity: '-1' }),
        'too,few',
        line({ no: '536366' }),
      ),
    );
    expect(documents.map(({ number }) => number)).toEqual(['536365', '536366']);
    expect(rejected.map((each) => each.line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(rejected.map(({ reason }) => reason.split(' ')[0])).toEqual([
      'Quantity',
      'Quantity',
      'UnitPrice',
      'InvoiceDate',
      'Country',
      'InvoiceNo',
      'StockCode',
      'UnitPrice',
      'Quantity',
      '2',
    ]);
  });

  test('tells kinds by prefix, price and customer', async () => {
    const { documents } = await read(
      salesFile(
        line({ no: '1' }),
        line({ no: 'C2', quantity: '-6' }),
        line({ no: 'A3', sku: 'B', quantity: '1', price: '-11062.06', customer: '' }),
        line({ no: '4', price: '0', customer: '', quantity: '-30' }),
        line({ no: '5', price: '0' }),
        line({ no: '6', price: '0', customer: '' }),
        line({ no: '6', price: '1', customer: '' }),
      ),
    );
    expect(Object.fromEntries(documents.map(({ number, kind }) => [number, kind]))).toEqual({
      '1': 'INVOICE',
      C2: 'CREDIT_NOTE',
      A3: 'JOURNAL',
      '4': 'ADJUSTMENT',
      '5': 'INVOICE',
      '6': 'INVOICE',
    });
  });
});

describe('countries', () => {
  test('codes and names are known, others are not', () => {
    expect([countryCode('EIRE'), countryCode('FR'), countryCode('Unspecified'), countryCode('Nowhere')]).toEqual([
      'IE',
      'FR',
      'DE',
      undefined,
    ]);
  });
  test.each([
    ['GB', '2011-06-01', 'U19'],
    ['GB', '2021-01-01', 'AUS'],
    ['HR', '2011-06-01', 'AUS'],
    ['HR', '2013-07-01', 'U19'],
    ['CH', '2011-06-01', 'AUS'],
    ['JE', '2011-06-01', 'AUS'],
    ['NO', '2011-06-01', 'AUS'],
    ['DE', '2011-06-01', 'U19'],
  ])('a sale to %s on %s has the VAT code %s', (country, day, code) => expect(saleTaxCode(country, day)).toBe(code));
});

describe('articles', () => {
  test('take the name written most often and the last price that was not zero', async () => {
    const { documents } = await read(
      salesFile(
        line({ no: '1', text: 'HART', price: '1' }),
        line({ no: '2', text: 'HEART', price: '2' }),
        line({ no: '3', text: 'HEART', price: '0' }),
        line({ no: '4', text: 'broken', price: '0', customer: '', quantity: '-1' }),
        line({ no: '5', sku: 'POST', text: 'POSTAGE' }),
      ),
    );
    expect(articlesOf(documents)).toEqual([
      { sku: '85123A', name: 'HEART', kind: 'GOODS', price: '2' },
      { sku: 'POST', name: 'POSTAGE', kind: 'SERVICE', price: '2.55' },
    ]);
    expect(isService('gift_0001_20')).toBe(true);
  });
});

describe('opening stock', () => {
  test('is just large enough that no movement goes below zero', async () => {
    const { documents } = await read(
      salesFile(
        line({ no: '1', quantity: '6', at: '2010-12-01' }),
        line({ no: 'C2', quantity: '-4', at: '2010-12-02' }),
        line({ no: '3', quantity: '5', at: '2010-12-03' }),
        line({ no: '4', quantity: '100', at: '2010-12-04', sku: 'POST' }),
        // Corrections of a day come before its sales: 20 are found, 15 are sold.
        line({ no: '6', quantity: '15', at: '2010-12-05', sku: 'X' }),
        line({ no: '5', quantity: '20', at: '2010-12-05', sku: 'X', price: '0', customer: '' }),
      ),
    );
    expect(Object.fromEntries(openingStock(documents))).toEqual({ '85123A': 7n });
    const movedAfter = new Map([...openingStock(documents)]);
    for (const document of [...batchesOfDays(documents, 1)].flat()) {
      for (const { sku, quantity } of document.lines) {
        if (isService(sku)) continue;
        const sign = document.kind === 'ADJUSTMENT' ? 1n : -1n;
        const after = (movedAfter.get(sku) ?? 0n) + sign * BigInt(quantity);
        expect(after, `${document.number} ${sku}`).toBeGreaterThanOrEqual(0n);
        movedAfter.set(sku, after);
      }
    }
  });

  test('batches never divide a day', async () => {
    const { documents } = await read(
      salesFile(
        ...Array.from({ length: 30 }, (_, index) =>
          line({ no: String(100 + index), at: `2010-12-0${1 + Math.floor(index / 10)}` }),
        ),
      ),
    );
    expect([...batchesOfDays(documents, 15)].map((batch) => batch.length)).toEqual([10, 10, 10]);
    expect([...batchesOfDays(documents, 20)].map((batch) => batch.length)).toEqual([20, 10]);
    expect([...batchesOfDays([], 20)]).toEqual([]);
  });
});
