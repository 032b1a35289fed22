import { defineMutation } from '@valeo/kit/mutation.ts';
import { published } from '@valeo/kit/published.ts';
import { type FieldFault, fail, ok } from '@valeo/kit/result.ts';
import { zCode, zDate, zId, zKey, zList, zMoney, zText } from '@valeo/kit/validate.ts';
import { cents } from '@valeo/money/money.ts';
import { z } from 'zod';
import { isPersonalNumber } from '../account/personal-accounts.ts';
import { type AccountRef, type EntryDraft, type LedgerCode, type LineDraft, postEntries } from '../ledger/ledger.ts';
import { FIRST_TAX_DAY, TAX_CODES } from '../tax/tax-codes.ts';
import { journalEntries } from './journal.list.ts';
import { splitTax } from './tax-split.ts';

export const LEDGER_CODES = [
  'UNKNOWN_ACCOUNT',
  'ACCOUNT_INACTIVE',
  'CONTROL_ACCOUNT',
  'UNKNOWN_TAX_CODE',
  'ENTRY_UNBALANCED',
  'ENTRY_TOO_SHORT',
  'DEBIT_XOR_CREDIT',
  'PERIOD_CLOSED',
  'DATE_OUT_OF_RANGE',
] as const satisfies readonly LedgerCode[];

const zLine = z.object({
  account: zCode(20, 1).nullish(),
  customerId: zId().nullish(),
  debit: zMoney('notNegative').nullish(),
  credit: zMoney('notNegative').nullish(),
  taxCode: zCode(20).nullish(),
  text: zText(200).nullish(),
});

const zEntry = z.object({
  postedOn: zDate(),
  text: zText(200),
  reference: zText(36).nullish(),
  suppliedOn: zDate().nullish(),
  lines: zList(zLine, 500, 0),
});
type EntryInput = z.infer<typeof zEntry>;

export const postJournalEntries = defineMutation({
  name: 'postJournalEntries',
  description:
    'Posts entries, all or none. Every fault of every entry is told at once; nothing is stored and the key is not used up when there is one.',
  permission: 'finance:post',
  input: z.object({
    entries: zList(zEntry, 1000),
    dryRun: z.boolean().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: [...LEDGER_CODES, 'TAX_ON_PERSONAL_ACCOUNT'],
  payload: { entries: journalEntries },
  bulk: 'entries',
  gathers: true,
  async run(tx, input) {
    const faults: FieldFault[] = [];
    const customers = await published<{ name: string }>(tx, 'crm.BusinessPartner', customerIds(input.entries));
    const drafts = input.entries.map((entry, index) => draftOf(entry, `entries.${index}`, customers, faults));
    // Lines that cannot be read are reported together with what the ledger finds in the others.
    const readable = drafts.filter((draft) => !faults.some((fault) => fault.path.startsWith(`${draft.path}.`)));
    const posted = await postEntries(tx, readable);
    if (!posted.ok || faults.length > 0) {
      const all = [...faults, ...(posted.ok ? [] : posted.fields)].sort(byPlace);
      return fail('INVALID_INPUT', { fields: all });
    }
    return ok({ entries: posted.value.map((entry) => entry.id) });
  },
});

const customerIds = (entries: readonly EntryInput[]) => [
  ...new Set(entries.flatMap((entry) => entry.lines.flatMap((line) => line.customerId ?? []))),
];

/** Account or customer of a line; null when neither is known. */
function refOf(line: EntryInput['lines'][number], customers: ReadonlyMap<string, { name: string }>): AccountRef | null {
  if (!line.customerId) return line.account ? { account: line.account } : null;
  const customer = customers.get(line.customerId);
  return customer ? { partner: { id: line.customerId, name: customer.name, kind: 'DEBTOR' } } : null;
}

function draftOf(
  entry: EntryInput,
  path: string,
  customers: ReadonlyMap<string, { name: string }>,
  faults: FieldFault[],
): EntryDraft & { path: string } {
  const suppliedOn = entry.suppliedOn ?? entry.postedOn;
  const lines = entry.lines.flatMap((line, index): LineDraft[] => {
    const at = `${path}.lines.${index}`;
    const debit = cents(line.debit ?? '0');
    const credit = cents(line.credit ?? '0');
    if (debit > 0n === credit > 0n) {
      faults.push({ path: at, code: 'DEBIT_XOR_CREDIT' });
      return [];
    }
    const to = refOf(line, customers);
    if (!to) {
      faults.push({
        path: `${at}.account`,
        code: 'UNKNOWN_ACCOUNT',
        params: { account: line.account ?? line.customerId ?? '' },
      });
      return [];
    }
    const draft: LineDraft = {
      to,
      side: debit > 0n ? 'debit' : 'credit',
      amount: debit + credit,
      text: line.text,
      path: at,
    };
    if (!line.taxCode) return [draft];
    const code = TAX_CODES.get(line.taxCode);
    if (!code || suppliedOn < FIRST_TAX_DAY) {
      faults.push({ path: `${at}.taxCode`, code: 'UNKNOWN_TAX_CODE', params: { taxCode: line.taxCode } });
      return [];
    }
    if (line.customerId || isPersonalNumber(line.account ?? '')) {
      faults.push({ path: `${at}.taxCode`, code: 'TAX_ON_PERSONAL_ACCOUNT' });
      return [];
    }
    return splitTax(draft, code, suppliedOn);
  });
  return {
    postedOn: entry.postedOn,
    text: entry.text,
    reference: entry.reference ?? '',
    source: { type: 'manual', id: null },
    lines,
    path,
  };
}

/** By entry, then by line, as numbers. */
function byPlace(a: FieldFault, b: FieldFault): number {
  const [left, right] = [a.path.split('.'), b.path.split('.')];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = Number(left[index]) - Number(right[index]);
    if (difference) return difference;
  }
  return 0;
}
