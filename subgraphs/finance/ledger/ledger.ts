/**
 * Port of the general ledger: other domains post through it inside their own transaction, because a document without its
 * entry must not exist for even a moment. All rules of an entry are checked here with a friendly answer, and once more by
 * the database (`migrations/0001_ledger.sql`), which nobody can go around.
 */
import { newId } from '@valeo/kit/ids.ts';
import { type FieldFault, fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { amountOf, type Cents, sum } from '@valeo/money/money.ts';
import { type Books, booksOf, ensureChart, fiscalYearOf, SYSTEM_ACCOUNTS } from '../account/chart.ts';
import { type LedgerPartner, type PersonalKind, partnerKey, personalAccounts } from '../account/personal-accounts.ts';
import {
  type OpenItemDraft,
  openItems,
  openItemsOfLines,
  type PersonalLine,
  type SettlementDraft,
  settle,
} from '../open-item/open-items.ts';
import { discountAccount, rateOn, TAX_CODES, type TaxCode } from '../tax/tax-codes.ts';

export { FIRST_TAX_DAY } from '../tax/tax-codes.ts';

export type LedgerCode =
  | 'UNKNOWN_ACCOUNT'
  | 'ACCOUNT_INACTIVE'
  | 'CONTROL_ACCOUNT'
  | 'UNKNOWN_TAX_CODE'
  | 'ENTRY_UNBALANCED'
  | 'ENTRY_TOO_SHORT'
  | 'DEBIT_XOR_CREDIT'
  | 'PERIOD_CLOSED'
  | 'DATE_OUT_OF_RANGE';

export type Side = 'debit' | 'credit';

/** Where a line goes: a number of the chart, a partner's personal account, or what the chart holds for a VAT code. */
export type AccountRef =
  | { readonly account: string }
  | { readonly partner: LedgerPartner }
  | { readonly baseOf: string }
  | { readonly taxOf: string }
  | { readonly owedOf: string }
  /** Where cash discounts on documents with the code reduce revenue or cost. */
  | { readonly discountOf: string };

export interface LineDraft {
  readonly to: AccountRef;
  readonly side: Side;
  /** Positive. */
  readonly amount: Cents;
  readonly taxCode?: string | null;
  readonly taxRole?: 'BASE' | 'TAX' | null;
  readonly text?: string | null;
  /** Opens an item of its own on a personal account although the entry settles others. */
  readonly opensItem?: boolean;
  /** Where money came to or went from: not the account of a partner whose items the entry settles with it. */
  readonly holdsMoney?: boolean;
  /** Place in the caller's input, for faults. */
  readonly path?: string;
}

export interface EntryDraft {
  readonly postedOn: string;
  readonly text: string;
  /** Number of the document (Belegfeld 1). */
  readonly reference: string;
  /** What caused it. The same source cannot be posted twice in a fiscal year. */
  readonly source: { readonly type: string; readonly id: string | null };
  readonly reversesId?: string | null;
  readonly lines: readonly LineDraft[];
  readonly openItem?: OpenItemDraft;
  readonly settles?: readonly SettlementDraft[];
  /** Place in the caller's input, for faults. */
  readonly path?: string;
}

export interface PostedEntry {
  readonly id: string;
  readonly number: string;
}

interface ResolvedLine {
  readonly account: string;
  readonly controlAccount: string | null;
  readonly partner: LedgerPartner | null;
  readonly draft: LineDraft;
}

const EARLIEST = '1980-01-01';
/** Last day that can be posted on. */
export const LATEST_DAY = '2100-12-31';

/** Posts entries in the order given; all or none. Any number of entries takes the same few statements. */
export function postEntries(tx: Tx, drafts: readonly EntryDraft[]): Promise<Result<PostedEntry[], LedgerCode>> {
  return tx.as('finance', async () => {
    if (drafts.length === 0) return ok([]);
    const books = await booksOf(tx);
    await ensureChart(tx, books);
    const chart = await resolverOf(tx, books, drafts);
    const faults: FieldFault[] = [];
    const resolved = drafts.map((draft, index) => checkEntry(draft, draft.path ?? `entries.${index}`, chart, faults));
    await checkPeriods(tx, books, drafts, faults);
    if (faults.length > 0)
      return fail((faults[0]?.code ?? 'ENTRY_UNBALANCED') as LedgerCode, {
        params: { ...faults[0]?.params },
        fields: faults,
      });

    const ids = drafts.map(() => newId());
    const lines = resolved.flatMap((list, entry) =>
      list.map((line, position) => ({ ...line, entry: entry + 1, position: position + 1 })),
    );
    const [posted] = await tx.query<{ numbers: string[] }>(
      'SELECT finance.post_entries($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) AS numbers',
      [
        ids,
        drafts.map((draft) => fiscalYearOf(draft.postedOn, books)),
        drafts.map((draft) => draft.postedOn),
        drafts.map((draft) => draft.text),
        drafts.map((draft) => draft.reference),
        drafts.map((draft) => draft.source.type),
        drafts.map((draft) => draft.source.id),
        drafts.map((draft) => draft.reversesId ?? null),
        drafts.map((draft) =>
          amountOf(sum(draft.lines.filter((line) => line.side === 'debit').map((line) => line.amount))),
        ),
        lines.map((line) => line.entry),
        lines.map((line) => line.position),
        lines.map((line) => line.account),
        lines.map((line) => line.controlAccount),
        lines.map(({ draft }) => (draft.side === 'debit' ? amountOf(draft.amount) : '0')),
        lines.map(({ draft }) => (draft.side === 'credit' ? amountOf(draft.amount) : '0')),
        lines.map(({ draft }) => draft.taxCode ?? null),
        lines.map(({ draft }) => draft.taxRole ?? null),
        lines.map(({ draft }) => draft.text ?? null),
      ],
      'post_entries',
    );
    await openItems(tx, drafts, ids, (partner) => chart.accountOf({ partner })?.number ?? '');
    await openItemsOfLines(tx, unassigned(drafts, resolved, ids));
    await settle(tx, drafts, ids);
    return ok(ids.map((id, index) => ({ id, number: posted?.numbers[index] ?? '' })));
  });
}

/** The day's rate of a VAT code in percent; for documents, so that all domains compute with the same table. */
export function taxRate(code: string, suppliedOn: string): string | null {
  const tax = TAX_CODES.get(code);
  return tax ? rateOn(tax, suppliedOn) : null;
}

/** The sentence the law wants on documents with this code; empty when none. */
export const taxNote = (code: string): string => TAX_CODES.get(code)?.invoiceNote ?? '';

/** True when the code may stand on an outgoing (SALE) or incoming (PURCHASE) document. */
export const isTaxCode = (code: string, direction: TaxCode['direction']): boolean =>
  TAX_CODES.get(code)?.direction === direction;

/** False for a code of which the charts know no account of revenue or cost: nothing can be posted by the code alone. */
export const hasBaseAccount = (code: string): boolean =>
  Object.values(TAX_CODES.get(code)?.accounts ?? {}).some(({ base }) => base !== null);

/** Lines on personal accounts that nothing is said of in terms of open items: each opens one of its own (rule 54). */
function unassigned(
  drafts: readonly EntryDraft[],
  resolved: readonly ResolvedLine[][],
  ids: readonly string[],
): PersonalLine[] {
  return drafts.flatMap((entry, index) =>
    (resolved[index] ?? []).flatMap(({ account, controlAccount, partner, draft }): PersonalLine[] =>
      controlAccount && partner && (draft.opensItem || !(entry.openItem || entry.settles))
        ? [
            {
              entryId: ids[index] ?? '',
              account,
              partner,
              reference: entry.reference,
              postedOn: entry.postedOn,
              side: draft.side,
              amount: draft.amount,
            },
          ]
        : [],
    ),
  );
}

interface ChartAccount {
  readonly partner: LedgerPartner | null;
  readonly number: string;
  readonly control: string | null;
  readonly kind: string;
  readonly active: boolean;
}

interface ChartResolver {
  accountOf(ref: AccountRef): ChartAccount | undefined;
}

async function resolverOf(tx: Tx, books: Books, drafts: readonly EntryDraft[]): Promise<ChartResolver> {
  // The lines of a reversal name accounts; the partner of the item that it opens stands beside them.
  const refs = drafts.flatMap(({ lines, openItem }): AccountRef[] => [
    ...lines.map((line) => line.to),
    ...(openItem ? [{ partner: openItem.partner }] : []),
  ]);
  const partners = refs.flatMap((ref) => ('partner' in ref ? [ref.partner] : []));
  const personal = await personalAccounts(tx, partners);
  const system = SYSTEM_ACCOUNTS[books.chart];
  const numberOf = (ref: AccountRef): string | null | undefined => {
    if ('account' in ref) return ref.account;
    if ('partner' in ref) return personal.get(partnerKey(ref.partner));
    if ('baseOf' in ref) return TAX_CODES.get(ref.baseOf)?.accounts[books.chart].base;
    if ('taxOf' in ref) return TAX_CODES.get(ref.taxOf)?.accounts[books.chart].tax;
    if ('discountOf' in ref) return discountAccount(ref.discountOf, books.chart);
    return TAX_CODES.get(ref.owedOf)?.accounts[books.chart].owed;
  };
  const numbers = [...new Set(refs.map(numberOf).filter((number) => number != null))];
  const rows = await tx.query<{
    number: string;
    kind: string;
    active: boolean;
    name: string;
    partner_id: string | null;
  }>(
    'SELECT number, kind, active, name, partner_id FROM finance.account WHERE number = ANY($1)',
    [numbers],
    'accounts_by_number',
  );
  const control: Readonly<Record<string, string>> = { DEBTOR: system.receivables, CREDITOR: system.payables };
  const accounts = new Map(
    rows.map(({ number, kind, active, name, partner_id }): [string, ChartAccount] => {
      const partner = partner_id === null ? null : { id: partner_id, name, kind: kind as PersonalKind };
      return [number, { number, kind, active, control: control[kind] ?? null, partner }];
    }),
  );
  return { accountOf: (ref) => accounts.get(numberOf(ref) ?? '') };
}

/** A place below another; the top has no name. */
const within = (path: string, part: string): string => (path ? `${path}.${part}` : part);

/** Finds the accounts of an entry and notes every fault of it. */
function checkEntry(draft: EntryDraft, path: string, chart: ChartResolver, faults: FieldFault[]): ResolvedLine[] {
  const fault = (at: string, code: LedgerCode, params: Record<string, string> = {}) =>
    faults.push({ path: at, code, params });
  if (draft.postedOn < EARLIEST || draft.postedOn > LATEST_DAY) {
    fault(within(path, 'postedOn'), 'DATE_OUT_OF_RANGE', { from: EARLIEST, to: LATEST_DAY });
  }
  if (draft.lines.length < 2) fault(within(path, 'lines'), 'ENTRY_TOO_SHORT');
  const resolved = draft.lines.flatMap((line, index) => {
    const at = line.path ?? within(path, `lines.${index}`);
    if (line.taxCode && !TAX_CODES.has(line.taxCode))
      fault(within(at, 'taxCode'), 'UNKNOWN_TAX_CODE', { taxCode: line.taxCode });
    if (line.amount <= 0n) fault(at, 'DEBIT_XOR_CREDIT');
    const account = chart.accountOf(line.to);
    if (!account) {
      fault(within(at, 'account'), 'UNKNOWN_ACCOUNT', { account: nameOf(line.to) });
      return [];
    }
    if (account.kind === 'CONTROL') fault(within(at, 'account'), 'CONTROL_ACCOUNT', { account: account.number });
    if (!account.active) fault(within(at, 'account'), 'ACCOUNT_INACTIVE', { account: account.number });
    if (line.holdsMoney && draft.lines.some(({ to }) => 'partner' in to && chart.accountOf(to) === account))
      fault(within(at, 'account'), 'CONTROL_ACCOUNT', { sentence: 'CONTROL_ACCOUNT.SETTLED', account: account.number });
    return [{ account: account.number, controlAccount: account.control, partner: account.partner, draft: line }];
  });
  const debit = sum(draft.lines.filter((line) => line.side === 'debit').map((line) => line.amount));
  const credit = sum(draft.lines.filter((line) => line.side === 'credit').map((line) => line.amount));
  if (debit !== credit) {
    fault(within(path, 'lines'), 'ENTRY_UNBALANCED', {
      debit: amountOf(debit),
      credit: amountOf(credit),
      difference: amountOf(debit - credit),
    });
  }
  return resolved;
}

const nameOf = (ref: AccountRef): string =>
  'partner' in ref
    ? ref.partner.name
    : 'account' in ref
      ? ref.account
      : 'baseOf' in ref
        ? ref.baseOf
        : 'taxOf' in ref
          ? ref.taxOf
          : 'discountOf' in ref
            ? ref.discountOf
            : ref.owedOf;

/** Nobody posts to a locked month; to one that is closed only who may post in the journal itself (rule 40). */
async function checkPeriods(tx: Tx, books: Books, drafts: readonly EntryDraft[], faults: FieldFault[]): Promise<void> {
  const periods = await tx.query<{ fiscal_year: number; month: number; state: 'SOFT_CLOSED' | 'LOCKED' }>(
    `SELECT fiscal_year, month, state FROM finance.period WHERE state <> 'OPEN'`,
    [],
    'closed_periods',
  );
  if (periods.length === 0) return;
  const states = new Map(periods.map((row) => [`${row.fiscal_year}-${row.month}`, row.state]));
  const mayPostInClosed = tx.session.permissions?.includes('finance:post');
  let postsInClosed = false;
  drafts.forEach((draft, index) => {
    const month = Number(draft.postedOn.slice(5, 7));
    const state = states.get(`${fiscalYearOf(draft.postedOn, books)}-${month}`);
    if (state === 'SOFT_CLOSED' && mayPostInClosed) postsInClosed = true;
    else if (state)
      faults.push({
        path: within(draft.path ?? `entries.${index}`, 'postedOn'),
        code: 'PERIOD_CLOSED',
        params: { period: draft.postedOn.slice(0, 7) },
      });
  });
  // The database checks once more, and has to be told.
  if (postsInClosed) await tx.query(`SELECT set_config('app.post_in_closed', 'on', true)`);
}
