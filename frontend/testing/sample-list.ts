import type { ListDefinition, Row } from '#ui/DataTable/definition.ts';
import type { FetchWindow } from '#ui/DataTable/windows.ts';

/** A list as large as wanted that answers like the graph, for tests of what a reader sees. */
export const sampleDefinition: ListDefinition = {
  connection: 'salesInvoices',
  operation: { id: 'sample', name: 'SampleList' },
  label: 'Rechnungen',
  href: '/sales/invoices/{id}',
  search: ['number', 'customerName'],
  defaultSort: '-issuedOn',
  pinned: 1,
  columns: [
    {
      key: 'number',
      label: 'Nummer',
      kind: 'link',
      path: 'number',
      width: 136,
      sort: 'NUMBER',
      filter: 'number',
      card: 'sub',
    },
    {
      key: 'issuedOn',
      label: 'Datum',
      kind: 'date',
      path: 'issuedOn',
      width: 104,
      sort: 'ISSUED_ON',
      filter: 'issuedOn',
      filterType: 'date',
    },
    {
      key: 'customer',
      label: 'Kunde',
      kind: 'text',
      path: 'customer.name',
      width: null,
      filter: 'customerName',
      countryPath: 'customer.country',
    },
    {
      key: 'status',
      label: 'Status',
      kind: 'status',
      path: 'status',
      width: 114,
      filter: 'status',
      filterType: 'enum',
      values: { POSTED: { label: 'Gebucht', tone: 'paid' }, DRAFT: { label: 'Entwurf', tone: 'draft' } },
    },
    {
      key: 'gross',
      label: 'Brutto €',
      kind: 'amount',
      path: 'gross.amount',
      width: 112,
      sort: 'GROSS',
      filter: 'gross',
      filterType: 'number',
    },
    { key: 'note', label: 'Notiz', kind: 'text', path: 'note', width: 120, spare: true },
  ],
  empty: { title: 'Noch keine Rechnungen', text: 'Schreiben Sie die erste.' },
};

export function sampleRow(index: number): Row {
  return {
    id: `id-${index}`,
    number: `RE-${String(index + 1).padStart(6, '0')}`,
    issuedOn: '2011-12-09',
    customer: { name: `Kunde ${index}`, country: 'DE' },
    status: index % 7 === 0 ? 'DRAFT' : 'POSTED',
    gross: { amount: index % 5 === 0 ? '-12.50' : `${index}.25`, currency: 'EUR' },
    note: null,
  };
}

export interface SampleSource {
  readonly fetch: FetchWindow;
  readonly asked: { at: number; first: number; rows: boolean; count: boolean }[];
}

export function sampleSource(total: number): SampleSource {
  const asked: SampleSource['asked'] = [];
  return {
    asked,
    fetch: async (request, signal) => {
      asked.push(request);
      await Promise.resolve();
      signal.throwIfAborted();
      const count = request.rows ? Math.max(0, Math.min(request.first, total - request.at)) : 0;
      return {
        rows: Array.from({ length: count }, (_, index) => sampleRow(request.at + index)),
        total: request.count ? total : null,
      };
    },
  };
}
