import {
  type BankTransactionDetailData,
  CashAccounts,
  MatchCandidates,
  TaxCodes,
} from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { MatchForm } from './MatchForm.tsx';
import { numbersIn, ranked } from './match-draft.ts';

/** The likeliest few, so that what is assigned stays in view; any other is found by typing. */
const suggestionsMax = 6;

export type Transaction = NonNullable<BankTransactionDetailData['bankTransaction']>;

/** What an open transaction probably pays, and the form to post it with. */
export async function Unmatched({ transaction }: { transaction: Transaction }) {
  const { id, amount, bookedOn, counterpartName, purpose, partner } = transaction;
  const paid = amount.amount;
  const size = paid.replace('-', '');
  const [{ openItems }, { ledgerAccounts }, { taxCodes }] = await Promise.all([
    ask(MatchCandidates, {
      filter: {
        status: { in: ['OPEN', 'PARTIAL'] },
        or: [
          { kind: { eq: paid.startsWith('-') ? 'PAYABLE' : 'RECEIVABLE' }, openAmount: { eq: size } },
          { kind: { eq: paid.startsWith('-') ? 'RECEIVABLE' : 'PAYABLE' }, openAmount: { eq: `-${size}` } },
          ...numbersIn(purpose).map((reference) => ({ reference: { eq: reference } })),
          ...(partner ? [{ partnerId: { eq: partner.id } }] : []),
          ...(counterpartName ? [{ partnerName: { eq: counterpartName } }] : []),
        ],
      },
    }),
    ask(CashAccounts, {}),
    ask(TaxCodes, { on: bookedOn }),
  ]);
  const found = openItems?.edges.map((edge) => edge.node) ?? [];
  return (
    <MatchForm
      id={id}
      paid={paid}
      suggestions={ranked(found, paid, purpose).slice(0, suggestionsMax)}
      accounts={ledgerAccounts?.edges.map((edge) => edge.node) ?? []}
      taxCodes={taxCodes}
    />
  );
}
