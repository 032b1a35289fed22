import type { Consumer } from '@valeo/kit/consumer.ts';
import { booksOf, ensureChart } from './chart.ts';

/** A new company gets its chart of accounts as soon as it exists, not only with its first posting. */
export const setUpBooks: Consumer = {
  name: 'finance.set-up-books',
  on: 'identity.Company',
  ops: ['created'],
  run: async (tx) => ensureChart(tx, await booksOf(tx)),
};
