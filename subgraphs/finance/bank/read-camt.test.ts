import { expect, test } from 'vitest';
import { readCamt } from './read-camt.ts';

const entry = (reference: string, amount = '10.00', day = '2024-03-01') =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${day}</Dt></BookgDt>
   <AcctSvcrRef>${reference}</AcctSvcrRef></Ntry>`;
const keysOf = (...entries: string[]) =>
  readCamt(
    `<Document><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>${entries.join('')}</Stmt></BkToCstmrStmt></Document>`,
  ).flatMap((statement) => statement.entries.map(({ importKey }) => importKey));

test('entries of which the bank says that they have no reference are told apart by what was booked (rule 66)', () => {
  const keys = keysOf(entry('NONREF'), entry('NONREF'), entry('NOTPROVIDED', '20.00'));
  expect(new Set(keys).size).toBe(3);
  expect(keysOf(entry('NONREF', '10.00', '2024-03-02'))).not.toEqual(keys.slice(0, 1));
  expect(keysOf(entry('NONREF'))).toEqual(keys.slice(0, 1));
});

test('two entries of one statement with the same reference both come in, and again under the same keys', () => {
  const file = [entry('A1'), entry('A1'), entry('A1', '20.00')];
  const keys = keysOf(...file);
  expect(keys[0]).toBe('ref A1');
  expect(new Set(keys).size).toBe(3);
  expect(keysOf(...file)).toEqual(keys);
});
