export interface Payment {
  readonly reference: string;
  readonly day: string;
  /** Positive; it goes out. */
  readonly amount: string;
  readonly name: string;
  readonly text: string;
}

/** A bank statement (camt.053.001.08) over payments that use up the opening balance. */
export function statementXml(account: string, id: string, opening: string, payments: readonly Payment[]): string {
  const balance = (code: string, amount: string, day: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
  const entries = payments.map(
    ({ reference, day, amount, name, text }) =>
      `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt>` +
      `<AcctSvcrRef>${escaped(reference)}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>${escaped(reference)}</EndToEndId></Refs>` +
      `<RltdPties><Cdtr><Pty><Nm>${escaped(name)}</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
  );
  const [first, last] = [payments[0]?.day ?? '', payments.at(-1)?.day ?? ''];
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>${escaped(id)}</Id><Acct><Id><IBAN>${account}</IBAN></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', opening, first)}${balance('CLBD', '0.00', last)}${entries.join('')}</Stmt></BkToCstmrStmt></Document>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
