'use client';

import { DataTable } from '#ui/DataTable/DataTable.tsx';
import type { ListDefinition, Row } from '#ui/DataTable/definition.ts';
import type { WindowsOf } from '#ui/DataTable/useRowWindows.ts';

const rowCount = 1_000_000;
/** As long as a graph near by takes for a window. */
const answerAfterMs = 15;

const pick = <Value,>(values: readonly Value[], seed: number): Value => values[seed % values.length] as Value;
const day = (seed: number) => new Date(Date.UTC(2011, 0, 1 + (seed % 365))).toISOString();
const money = (seed: number) => ({ amount: `${(seed * 7919) % 90_000}.${String(seed % 100).padStart(2, '0')}` });

/** What row stands at a place: the same each time it is asked for. */
function sampleRow(at: number): Row {
  const seed = (at * 2_654_435_761) % 4_294_967_296;
  return {
    id: `sample-${at}`,
    number: `RE-${String(at + 1).padStart(7, '0')}`,
    externalNumber: String(530_000 + (seed % 50_000)),
    issuedOn: day(seed).slice(0, 10),
    customerName: `${pick(['Elbe', 'Nordwind', 'Hansa', 'Alster', 'Harz'], seed)} ${pick(['Handel GmbH', 'Technik AG', 'Versand KG'], seed >>> 3)} ${seed % 4000}`,
    country: pick(['DE', 'AT', 'FR', 'NL', 'GB', 'PL'], seed >>> 2),
    paymentStatus: pick(['PAID', 'OPEN', 'PARTIAL', 'PAID', 'OVERDUE'], seed >>> 1),
    dueOn: day(seed + 14).slice(0, 10),
    net: money(seed),
    tax: money(seed >>> 2),
    gross: money(seed >>> 1),
    openAmount: at % 3 === 0 ? money(seed >>> 4) : { amount: '0.00' },
    city: pick(['Hamburg', 'Wien', 'Lyon', 'Utrecht', 'Leeds', 'Posen'], seed >>> 2),
    suppliedOn: day(seed >>> 1).slice(0, 10),
    reference: `B-${seed % 99_999}`,
    sku: String(10_000 + (seed % 80_000)),
    articleName: `${pick(['Teelichthalter', 'Lampe', 'Kissen', 'Uhr'], seed)} ${pick(['weiß', 'rot', 'Eiche'], seed >>> 2)} ${seed % 700}`,
    category: pick(['Deko', 'Licht', 'Textil', null], seed >>> 3),
    quantity: String(1 + (seed % 144)),
    unit: 'C62',
    price: `${seed % 90}.${String(seed % 100).padStart(2, '0')}`,
    taxCode: pick(['U19', 'U7', 'U0'], seed >>> 5),
    onHand: String(seed % 5000),
    reorderPoint: at % 4 === 0 ? null : String(seed % 300),
    active: at % 9 !== 0,
    email: `kunde${seed % 9999}@firma.example`,
    phone: `+49 40 ${seed % 999_999}`,
    vatId: `DE${100_000_000 + (seed % 800_000_000)}`,
    paymentTermDays: pick([14, 30, 60], seed >>> 6),
    creditLimit: money(seed >>> 3),
    createdAt: day(seed >>> 2),
  };
}

const windowsOf: WindowsOf =
  () =>
  async ({ at, first, rows, count }, signal) => {
    await new Promise((resolve) => setTimeout(resolve, answerAfterMs));
    signal.throwIfAborted();
    const length = rows ? Math.max(0, Math.min(first, rowCount - at)) : 0;
    return { rows: Array.from({ length }, (_, index) => sampleRow(at + index)), total: count ? rowCount : null };
  };

/** The table with rows that are made up where they are needed. */
export function MillionRows({ definition }: { definition: ListDefinition }) {
  return (
    <DataTable
      definition={definition}
      initial={{ key: '', rows: '[]', drawn: 30, cards: false, total: -1 }}
      views={[]}
      windowsOf={windowsOf}
    />
  );
}
