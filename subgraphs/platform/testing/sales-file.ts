/** Files in the form that the import of sales documents reads. */

export const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

export const salesFile = (...lines: readonly string[]): string => `${[HEADER, ...lines].join('\n')}\n`;

/** Invoices of one line each, `perDay` on each of `days` days. */
export function manyInvoices(days: number, perDay: number): string {
  const lines = Array.from({ length: days * perDay }, (_, index) => {
    const day = String(1 + Math.floor(index / perDay)).padStart(2, '0');
    return `5${String(index).padStart(5, '0')},SKU${index % 7},Article ${index % 7},2,2011-03-${day} 10:00:00,1.25,${12_000 + (index % 5)},United Kingdom`;
  });
  return salesFile(...lines);
}
