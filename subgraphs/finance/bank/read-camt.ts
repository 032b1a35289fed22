import { createHash } from 'node:crypto';
import { isDate } from '@valeo/kit/scalars.ts';
import { isStorable } from '@valeo/kit/storable.ts';
import { fromUnits, isDecimal, rescale, toUnits } from '@valeo/money/decimal.ts';
import { amountOf, type Cents, sum } from '@valeo/money/money.ts';
import { XMLParser } from 'fast-xml-parser';

export interface StatementEntry {
  readonly bookedOn: string;
  readonly valueOn: string | null;
  /** Signed. */
  readonly amount: Cents;
  readonly currency: string;
  readonly counterpartName: string;
  readonly counterpartIban: string | null;
  readonly purpose: string;
  readonly endToEndId: string | null;
  readonly bankReference: string | null;
  readonly importKey: string;
}

export interface Statement {
  readonly id: string;
  readonly bankAccount: string;
  readonly opening: Cents | null;
  readonly closing: Cents | null;
  /** Closing less opening less entries; null when the statement names no balances. */
  readonly difference: Cents | null;
  readonly entries: readonly StatementEntry[];
}

/** The file is not a statement that can be read; the message says where. */
export class CamtFault extends Error {}

/** What banks write where they give no reference. */
const NO_REFERENCE = /^(NONREF|NOREF|NOTPROVIDED|NONE|0+)$/i;

type Node = { readonly [name: string]: Node | Node[] | string | undefined };

const REPEATED = new Set(['Stmt', 'Bal', 'Ntry', 'NtryDtls', 'TxDtls', 'Ustrd', 'Strd']);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  isArray: (name) => REPEATED.has(name),
});

/** Reads camt.053 in the versions that banks send (.02, .04, .08); only what is booked. Throws a CamtFault. */
export function readCamt(xml: string): Statement[] {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new CamtFault('DOCTYPE');
  if (!isStorable(xml)) throw new CamtFault('A character that cannot be kept');
  let document: Node;
  try {
    document = parser.parse(xml, true) as Node;
  } catch (error) {
    throw new CamtFault((error as Error).message.slice(0, 100));
  }
  const statements = all(at(document, 'Document', 'BkToCstmrStmt', 'Stmt'));
  if (statements.length === 0) throw new CamtFault('Document/BkToCstmrStmt/Stmt');
  return statements.map(statementOf);
}

function statementOf(statement: Node): Statement {
  const bankAccount = reference(statement, 'Acct', 'Id', 'IBAN') ?? reference(statement, 'Acct', 'Id', 'Othr', 'Id');
  if (!bankAccount) throw new CamtFault('Stmt/Acct/Id');
  const entries = all(statement.Ntry).filter((entry) => (text(entry, 'Sts', 'Cd') ?? text(entry, 'Sts')) === 'BOOK');
  const [opening, closing] = [balance(statement, 'OPBD') ?? balance(statement, 'PRCD'), balance(statement, 'CLBD')];
  const total = sum(entries.map(signedAmount));
  const ordinals = new Map<string, number>();
  return {
    id: reference(statement, 'Id') ?? '',
    bankAccount: bankAccount.trim(),
    opening,
    closing,
    difference: opening === null || closing === null ? null : closing - opening - total,
    entries: entries.flatMap((entry) => partsOf(entry, ordinals)),
  };
}

/** One transaction per detail where a batch names amounts that add up, else one for the entry as a whole. */
function partsOf(entry: Node, ordinals: Map<string, number>): StatementEntry[] {
  const details = all(entry.NtryDtls).flatMap((group) => all(group.TxDtls));
  const total = signedAmount(entry);
  const amounts = details.map((detail) => at(detail, 'Amt') ?? at(detail, 'AmtDtls', 'TxAmt', 'Amt'));
  const sign = total < 0n ? -1n : 1n;
  const split =
    details.length > 1 && amounts.every((amount) => amount !== undefined)
      ? amounts.map((amount) => sign * money(amount))
      : [];
  if (split.length > 1 && sum(split) === total) {
    return details.map((detail, index) => entryOf(entry, detail, split[index] ?? 0n, index + 1, ordinals));
  }
  return [entryOf(entry, details.length === 1 ? details[0] : undefined, total, 0, ordinals)];
}

function entryOf(
  entry: Node,
  detail: Node | undefined,
  amount: Cents,
  part: number,
  ordinals: Map<string, number>,
): StatementEntry {
  const other = amount < 0n ? 'Cdtr' : 'Dbtr';
  const parties = detail ? at(detail, 'RltdPties') : undefined;
  const purpose = detail
    ? [
        ...texts(at(detail, 'RmtInf', 'Ustrd')),
        ...all(at(detail, 'RmtInf', 'Strd')).flatMap((item) => text(item, 'CdtrRefInf', 'Ref') ?? []),
      ].join(' ')
    : '';
  const bookedOn = dayOf(entry, 'BookgDt');
  if (!bookedOn) throw new CamtFault('Ntry/BookgDt');
  const bankReference = reference(entry, 'AcctSvcrRef') ?? null;
  const iban =
    reference(parties, `${other}Acct`, 'Id', 'IBAN') ?? reference(parties, `${other}Acct`, 'Id', 'Othr', 'Id') ?? null;
  const endToEndId = reference(detail, 'Refs', 'EndToEndId');
  const content = [bookedOn, amountOf(amount), iban ?? '', purpose].join('|');
  const ordinal = (ordinals.get(content) ?? 0) + 1;
  ordinals.set(content, ordinal);
  const hash = () => createHash('sha256').update(`${content}|${ordinal}`).digest('hex');
  const key = bankReference && !NO_REFERENCE.test(bankReference) && `${bankReference}${part ? ` ${part}` : ''}`;
  const again = (ordinals.get(`ref ${key}`) ?? 0) > 0;
  if (key) ordinals.set(`ref ${key}`, 1);
  return {
    bookedOn,
    valueOn: dayOf(entry, 'ValDt') ?? null,
    amount,
    currency: text(at(entry, 'Amt'), '@Ccy') ?? 'EUR',
    counterpartName: (text(parties, other, 'Nm') ?? text(parties, other, 'Pty', 'Nm') ?? '')
      .slice(0, 200)
      .toWellFormed(),
    counterpartIban: iban?.trim() ?? null,
    purpose: (purpose || text(entry, 'AddtlNtryInf') || '').trim().slice(0, 1000).toWellFormed(),
    endToEndId: endToEndId && endToEndId !== 'NOTPROVIDED' ? endToEndId : null,
    bankReference,
    // Some banks give several entries of a statement one reference: each is money of its own.
    importKey: !key ? `hash ${hash()}` : again ? `ref ${key} ${hash()}` : `ref ${key}`,
  };
}

const at = (node: Node | undefined, ...path: string[]): Node | Node[] | string | undefined =>
  path.reduce<Node | Node[] | string | undefined>(
    (found, name) => (found && typeof found === 'object' && !Array.isArray(found) ? found[name] : undefined),
    node,
  );

function text(node: Node | Node[] | string | undefined, ...path: string[]): string | undefined {
  const found = typeof node === 'object' && !Array.isArray(node) ? at(node, ...path) : undefined;
  const value = typeof found === 'object' && !Array.isArray(found) ? found['#text'] : found;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Twice and more what the standard allows. */
const REFERENCE_MAX = 100;

/** A text by which something is found again. */
function reference(node: Node | Node[] | string | undefined, ...path: string[]): string | undefined {
  const found = text(node, ...path);
  if (found && found.length > REFERENCE_MAX) throw new CamtFault(path.join('/'));
  return found;
}

const all = (found: Node | Node[] | string | undefined): Node[] =>
  Array.isArray(found)
    ? found.filter((item) => typeof item === 'object')
    : found && typeof found === 'object'
      ? [found]
      : [];

const texts = (found: unknown): string[] =>
  Array.isArray(found) ? found.map(String) : typeof found === 'string' ? [found] : [];

const dayOf = (entry: Node, name: string): string | undefined => {
  const day = (text(entry, name, 'Dt') ?? text(entry, name, 'DtTm'))?.slice(0, 10);
  return day && isDate(day) ? day : undefined;
};

function balance(statement: Node, code: string): Cents | null {
  const found = all(statement.Bal).find((item) => text(item, 'Tp', 'CdOrPrtry', 'Cd') === code);
  return found ? signedAmount(found) : null;
}

const signedAmount = (node: Node): Cents => money(node.Amt) * (text(node, 'CdtDbtInd') === 'DBIT' ? -1n : 1n);

function money(found: Node | Node[] | string | undefined): Cents {
  const value = typeof found === 'string' ? found : text(found, '#text');
  if (!value || !isDecimal(value, 5) || value.length > 20) throw new CamtFault(`Amt ${value ?? ''}`);
  const units = toUnits(value, 5);
  const cents = rescale(units, 5, 2);
  if (rescale(cents, 2, 5) !== units) throw new CamtFault(`Amt ${fromUnits(units, 5)}`);
  return cents;
}
