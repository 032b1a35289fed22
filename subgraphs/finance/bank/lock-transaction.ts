import type { Tx } from '@valeo/kit/tenant-db.ts';
import { eq } from 'drizzle-orm';
import { type BankTransactionRow, bankTransaction } from './bank.tables.ts';

/** The transaction, so that nobody else posts or changes it until this is done. */
export async function lockTransaction(tx: Tx, id: string): Promise<BankTransactionRow | undefined> {
  const [row] = await tx.db.select().from(bankTransaction).where(eq(bankTransaction.id, id)).for('update');
  return row;
}
