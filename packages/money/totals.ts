import { type Cents, lineNet, sum, vatOnNet } from './money.ts';

export interface TotalsLine {
  readonly quantity: string;
  readonly unitPrice: string;
  readonly taxCode: string;
}

export interface VatGroup {
  readonly taxCode: string;
  /** Percentage, for example "19". */
  readonly rate: string;
  readonly net: Cents;
  readonly tax: Cents;
}

export interface DocumentTotals {
  /** Net of each line, in the order given. */
  readonly lineNets: Cents[];
  /** One group per tax code, in the order of first use. */
  readonly groups: VatGroup[];
  readonly net: Cents;
  readonly tax: Cents;
  readonly gross: Cents;
}

/**
 * Totals of a net document (rule 3): each line is rounded to cents, VAT is computed once per group on the sum of the
 * line nets. The browser shows what the server will post because both call this function.
 */
export function documentTotals(lines: readonly TotalsLine[], rateOf: (taxCode: string) => string): DocumentTotals {
  const lineNets = lines.map((line) => lineNet(line.quantity, line.unitPrice));
  const nets = new Map<string, Cents>();
  lines.forEach((line, index) => {
    nets.set(line.taxCode, (nets.get(line.taxCode) ?? 0n) + (lineNets[index] ?? 0n));
  });
  const groups = [...nets].map(([taxCode, net]) => {
    const rate = rateOf(taxCode);
    return { taxCode, rate, net, tax: vatOnNet(net, rate) };
  });
  const net = sum(lineNets);
  const tax = sum(groups.map((group) => group.tax));
  return { lineNets, groups, net, tax, gross: net + tax };
}
