import { date, dateTime, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfMoney } from '@valeo/kit/list-groups.ts';
import { bankTransaction } from './bank.tables.ts';

export const bankTransactions = defineList({
  type: 'BankTransaction',
  field: 'bankTransaction',
  plural: 'bankTransactions',
  description: 'What banks have booked on the company’s accounts, newest first.',
  table: bankTransaction,
  permission: 'finance:read',
  filters: {
    status: enumeration('BankTransactionStatus', bankTransaction.status),
    bankAccount: text(bankTransaction.bankAccount),
    bookedOn: date(bankTransaction.bookedOn),
    amount: decimal(bankTransaction.amount),
    currency: text(bankTransaction.currency),
    counterpartName: text(bankTransaction.counterpartName),
    counterpartIban: text(bankTransaction.counterpartIban),
    purpose: text(bankTransaction.purpose),
    partnerId: id(bankTransaction.partnerId),
    updatedAt: dateTime(bankTransaction.updatedAt),
  },
  groups: ['status', 'bankAccount', 'counterpartName', 'bookedOn'],
  sums: { amount: sumOfMoney(bankTransaction.amount) },
  sorts: {
    bookedOn: bankTransaction.bookedOn,
    amount: bankTransaction.amount,
    counterpartName: bankTransaction.counterpartName,
    updatedAt: bankTransaction.updatedAt,
  },
  defaultOrder: [{ by: 'bookedOn', direction: 'DESC' }],
  countedBy: 'status',
  ownedBy: { BusinessPartner: bankTransaction.partnerId },
});
