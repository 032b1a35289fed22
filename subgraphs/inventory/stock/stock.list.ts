import { boolean, date, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { stockMovement } from './stock.tables.ts';

export const stockMovements = defineList({
  type: 'StockMovement',
  field: 'stockMovement',
  plural: 'stockMovements',
  description: 'Movements of the stock ledger, newest first.',
  table: stockMovement,
  permission: 'inventory:read',
  filters: {
    articleId: id(stockMovement.articleId),
    warehouseId: id(stockMovement.warehouseId),
    sourceId: id(stockMovement.sourceId),
    kind: enumeration('StockMovementKind', stockMovement.kind),
    quantity: decimal(stockMovement.quantity),
    reason: text(stockMovement.reason),
    derived: boolean(stockMovement.derived),
    externalNumber: text(stockMovement.externalNumber),
    movedOn: date(stockMovement.movedOn),
  },
  sorts: { movedOn: stockMovement.movedOn },
  defaultOrder: [{ by: 'movedOn', direction: 'DESC' }],
  countedBy: 'kind',
  ownedBy: { Article: stockMovement.articleId },
});
