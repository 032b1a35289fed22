import { fromUnits, toUnits, trimDecimal } from '@valeo/money/decimal.ts';
import { amountOf, type Cents, cents } from '@valeo/money/money.ts';

/** What a comparison of order, receipt and bill found (three-way match, rule 88). */
export interface Difference {
  readonly kind: 'NOT_ORDERED' | 'PRICE' | 'QUANTITY' | 'TOTAL' | 'CREDITED';
  /** Position of the bill's line; null when it is about the whole bill. */
  readonly line: number | null;
  /** What order and receipt lead to. */
  readonly expected: string;
  /** What stands on the bill. */
  readonly found: string;
  /** Within tolerance: told, but no obstacle. */
  readonly tolerated: boolean;
}

export interface BilledLine {
  readonly quantity: string;
  readonly unitPrice: string;
  readonly orderLine?: number | null;
}

export interface OrderedLine {
  readonly position: number;
  readonly unitPrice: string;
  readonly received: string;
  readonly rejected: string;
  /** Billed by other bills. */
  readonly billed: string;
}

/** A price may be this much dearer than ordered. */
const PRICE_TOLERANCE_PERCENT = 2n;
/** A total may differ by this much: suppliers round per line. */
const TOTAL_TOLERANCE: Cents = 5n;

/** Compares a bill with its order and what was accepted of it. Without an order only the total is checked. */
export function matchBill(
  lines: readonly BilledLine[],
  ordered: readonly OrderedLine[] | null,
  gross: Cents,
  statedGross: string | null | undefined,
): Difference[] {
  const found = lines.flatMap((line, index) => (ordered ? matchLine(line, index + 1, ordered) : []));
  if (statedGross != null && cents(statedGross) !== gross) {
    const off = cents(statedGross) - gross;
    const tolerated = (off < 0n ? -off : off) <= TOTAL_TOLERANCE;
    found.push({ kind: 'TOTAL', line: null, expected: amountOf(gross), found: statedGross, tolerated });
  }
  return found;
}

/** A supplier who gives back more than is left of the bill has confused something, or it has been recorded twice. */
export const matchCredit = (gross: Cents, left: Cents): Difference[] =>
  gross > left
    ? [
        {
          kind: 'CREDITED',
          line: null,
          expected: amountOf(left > 0n ? left : 0n),
          found: amountOf(gross),
          tolerated: false,
        },
      ]
    : [];

/**
 * What a bill is posted with more, or less, VAT than computed: the supplier's own total where it is off by a few cents, since VAT is
 * deducted, and the bill paid, as it stands on the paper. Nothing where no VAT is charged.
 */
export function statedRounding(gross: Cents, tax: Cents, statedGross: string | null | undefined): Cents {
  if (statedGross == null || tax === 0n) return 0n;
  const off = cents(statedGross) - gross;
  return (off < 0n ? -off : off) <= TOTAL_TOLERANCE && tax + off > 0n ? off : 0n;
}

function matchLine(line: BilledLine, position: number, ordered: readonly OrderedLine[]): Difference[] {
  const order = ordered.find((row) => row.position === line.orderLine);
  const quantity = toUnits(line.quantity, 4);
  if (!order)
    return [
      { kind: 'NOT_ORDERED', line: position, expected: '0', found: trimDecimal(line.quantity), tolerated: false },
    ];
  const differences: Difference[] = [];
  const [asked, agreed] = [toUnits(line.unitPrice, 4), toUnits(order.unitPrice, 4)];
  if (asked !== agreed) {
    const tolerated = asked * 100n <= agreed * (100n + PRICE_TOLERANCE_PERCENT);
    differences.push({
      kind: 'PRICE',
      line: position,
      expected: trimDecimal(order.unitPrice),
      found: trimDecimal(line.unitPrice),
      tolerated,
    });
  }
  const accepted = toUnits(order.received, 4) - toUnits(order.rejected, 4) - toUnits(order.billed, 4);
  if (quantity !== accepted) {
    // Less than came is a partial bill and no obstacle.
    const expected = trimDecimal(fromUnits(accepted, 4));
    differences.push({
      kind: 'QUANTITY',
      line: position,
      expected,
      found: trimDecimal(line.quantity),
      tolerated: quantity <= accepted,
    });
  }
  return differences;
}
