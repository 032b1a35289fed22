import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@valeo/kit/ids.ts';
import { published } from '@valeo/kit/published.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { parse } from 'csv-parse/sync';
import type { Chart } from '../tax/tax-codes.ts';

/** What finance reads of a company; identity publishes it. */
interface CompanyState {
  readonly chart?: Chart | null;
  readonly fiscalYearStartMonth?: number | null;
}

export interface Books {
  readonly chart: Chart;
  /** Month in which a fiscal year starts: 1 is the calendar year. */
  readonly fiscalYearStart: number;
}

/** Accounts that the ledger itself posts to. */
export const SYSTEM_ACCOUNTS: Readonly<
  Record<Chart, { receivables: string; payables: string; bank: string; profitForward: string; lossForward: string }>
> = {
  SKR03: { receivables: '1400', payables: '1600', bank: '1200', profitForward: '0865', lossForward: '0867' },
  SKR04: { receivables: '1200', payables: '3300', bank: '1800', profitForward: '2970', lossForward: '2978' },
};

/** Personal accounts have one digit more than G/L accounts (rule 47). */
export const DEBTOR_RANGE = { first: 10_000, last: 69_999 };
export const CREDITOR_RANGE = { first: 70_000, last: 99_999 };

const CHARTS: Readonly<Record<Chart, readonly Record<string, string>[]>> = {
  SKR03: readChart('skr03.csv'),
  SKR04: readChart('skr04.csv'),
};

function readChart(name: string): Record<string, string>[] {
  return parse(readFileSync(join(import.meta.dirname, '..', 'data', name)), { columns: true });
}

/** Chart and fiscal year of the company. A company that chose no chart keeps SKR03. */
export async function booksOf(tx: Tx): Promise<Books> {
  const company = (await published<CompanyState>(tx, 'identity.Company', [tx.tenantId])).get(tx.tenantId);
  return { chart: company?.chart ?? 'SKR03', fiscalYearStart: company?.fiscalYearStartMonth ?? 1 };
}

/** Calendar year in which the fiscal year of a day starts. */
export function fiscalYearOf(day: string, books: Books): number {
  const year = Number(day.slice(0, 4));
  return Number(day.slice(5, 7)) < books.fiscalYearStart ? year - 1 : year;
}

/** Gives a company the accounts of its chart; does nothing when it has them. */
export async function ensureChart(tx: Tx, books: Books): Promise<void> {
  const [existing] = await tx.query('SELECT 1 FROM finance.account LIMIT 1', [], 'any_account');
  if (existing) return;
  const rows = CHARTS[books.chart];
  const { receivables, payables } = SYSTEM_ACCOUNTS[books.chart];
  await tx.query(
    `INSERT INTO finance.account (id, tenant_id, number, name, name_en, kind, type, hgb_position, default_tax_code, automatic)
     SELECT id, $1, number, name, coalesce(nullif(name_en, ''), name), CASE WHEN number = ANY($8) THEN 'CONTROL' ELSE 'GENERAL' END,
            type, nullif(hgb, ''), nullif(tax_code, ''), automatic = '1'
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $9::text[], $10::text[])
       AS chart (id, number, name, name_en, type, hgb, tax_code, automatic)
     ON CONFLICT (tenant_id, number) DO NOTHING`,
    [
      tx.tenantId,
      rows.map(() => newId()),
      rows.map((row) => row.number),
      rows.map((row) => row.name_de),
      rows.map((row) => row.name_en),
      rows.map((row) => (row.type ?? '').toUpperCase()),
      rows.map((row) => row.hgb_position),
      [receivables, payables],
      rows.map((row) => row.default_vat_code),
      rows.map((row) => row.datev_automatic),
    ],
  );
}
