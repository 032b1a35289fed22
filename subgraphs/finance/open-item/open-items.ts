import { newId } from '@valeo/kit/ids.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { amountOf, type Cents } from '@valeo/money/money.ts';
import type { LedgerPartner } from '../account/personal-accounts.ts';
import type { EntryDraft, Side } from '../ledger/ledger.ts';

/** The claim (positive) or credit (negative) that an entry opens on a partner's account. */
export interface OpenItemDraft {
  readonly partner: LedgerPartner;
  readonly dueOn: string;
  /** Signed: an invoice is positive, a credit note negative. */
  readonly amount: Cents;
}

/** How much of a document's open item an entry settles. Signed like the item. */
export interface SettlementDraft {
  readonly source: { readonly type: string; readonly id: string };
  /** The personal account, where the document may have opened items on several. */
  readonly account?: string;
  readonly amount: Cents;
}

export async function openItems(
  tx: Tx,
  drafts: readonly EntryDraft[],
  entryIds: readonly string[],
  accountOf: (partner: LedgerPartner) => string,
): Promise<void> {
  const items = drafts.flatMap((draft, index) =>
    draft.openItem && draft.openItem.amount !== 0n
      ? [
          {
            id: newId(),
            kind: draft.openItem.partner.kind === 'DEBTOR' ? 'RECEIVABLE' : 'PAYABLE',
            partnerId: draft.openItem.partner.id,
            partnerName: draft.openItem.partner.name,
            account: accountOf(draft.openItem.partner),
            entryId: entryIds[index],
            sourceType: draft.source.type,
            sourceId: draft.source.id,
            reference: draft.reference,
            postedOn: draft.postedOn,
            dueOn: draft.openItem.dueOn,
            amount: amountOf(draft.openItem.amount),
          },
        ]
      : [],
  );
  await insertItems(tx, items);
}

/** A line on a personal account that belongs to no document. */
export interface PersonalLine {
  readonly entryId: string;
  readonly account: string;
  readonly partner: LedgerPartner;
  readonly reference: string;
  readonly postedOn: string;
  readonly side: Side;
  readonly amount: Cents;
}

/** One item per entry and account, so that an account always equals the sum of its items. */
export async function openItemsOfLines(tx: Tx, lines: readonly PersonalLine[]): Promise<void> {
  const groups = [...Map.groupBy(lines, (line) => `${line.entryId} ${line.account}`).values()];
  const items = groups.flatMap(([first, ...rest]) => {
    if (!first) return [];
    const isDebtor = first.partner.kind === 'DEBTOR';
    const total = [first, ...rest].reduce(
      (sum, line) => sum + ((line.side === 'debit') === isDebtor ? line.amount : -line.amount),
      0n,
    );
    return total === 0n
      ? []
      : [
          {
            id: newId(),
            kind: isDebtor ? 'RECEIVABLE' : 'PAYABLE',
            partnerId: first.partner.id,
            partnerName: first.partner.name,
            account: first.account,
            entryId: first.entryId,
            sourceType: 'finance.JournalEntry',
            sourceId: first.entryId,
            reference: first.reference,
            postedOn: first.postedOn,
            dueOn: first.postedOn,
            amount: amountOf(total),
          },
        ];
  });
  await insertItems(tx, items);
}

async function insertItems(tx: Tx, items: readonly object[]): Promise<void> {
  if (items.length === 0) return;
  await tx.query(
    `INSERT INTO finance.open_item (id, tenant_id, kind, partner_id, partner_name, account, entry_id, source_type, source_id, reference,
                                    posted_on, due_on, amount, open_amount, status)
     SELECT id, $1, kind, "partnerId", "partnerName", account, "entryId", "sourceType", "sourceId", reference, "postedOn", "dueOn", amount, amount, 'OPEN'
     FROM jsonb_to_recordset($2) AS item (id uuid, kind text, "partnerId" uuid, "partnerName" text, account text, "entryId" uuid,
       "sourceType" text, "sourceId" uuid, reference text, "postedOn" date, "dueOn" date, amount numeric)`,
    [tx.tenantId, JSON.stringify(items)],
    'insert_open_items',
  );
}

/**
 * Reduces the items of documents. A settlement beyond what is open violates a constraint of the table: callers look at the
 * document's open amount first, in the same transaction and under its lock.
 */
export async function settle(tx: Tx, drafts: readonly EntryDraft[], entryIds: readonly string[]): Promise<void> {
  const settlements = drafts.flatMap((draft, index) =>
    (draft.settles ?? []).map((settlement) => ({
      id: newId(),
      entryId: entryIds[index],
      settledOn: draft.postedOn,
      sourceType: settlement.source.type,
      sourceId: settlement.source.id,
      account: settlement.account,
      amount: amountOf(settlement.amount),
    })),
  );
  if (settlements.length === 0) return;
  await tx.query(
    `WITH wanted AS (
       SELECT * FROM jsonb_to_recordset($2) AS s (id uuid, "entryId" uuid, "settledOn" date, "sourceType" text, "sourceId" uuid, account text, amount numeric)
     ), changed AS (
       UPDATE finance.open_item i
       SET open_amount = i.open_amount - w.amount, version = i.version + 1,
           status = CASE i.open_amount - w.amount WHEN 0 THEN 'CLEARED' WHEN i.amount THEN 'OPEN' ELSE 'PARTIAL' END
       FROM (SELECT "sourceType", "sourceId", account, sum(amount) AS amount FROM wanted GROUP BY 1, 2, 3) w
       WHERE i.source_type = w."sourceType" AND i.source_id = w."sourceId" AND i.account = coalesce(w.account, i.account)
       RETURNING i.id, i.source_type, i.source_id, i.account
     )
     INSERT INTO finance.settlement (id, tenant_id, open_item_id, entry_id, amount, settled_on)
     SELECT w.id, $1, c.id, w."entryId", w.amount, w."settledOn"
     FROM wanted w JOIN changed c ON c.source_type = w."sourceType" AND c.source_id = w."sourceId" AND c.account = coalesce(w.account, c.account)`,
    [tx.tenantId, JSON.stringify(settlements)],
    'settle_open_items',
  );
}
