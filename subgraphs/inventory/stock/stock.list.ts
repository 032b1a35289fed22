import { boolean, date, decimal, enumeration, id, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { sumOfQuantity } from '@valeo/kit/list-groups.ts';
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
  groups: ['kind', 'reason', 'derived', 'movedOn'],
  sums: { quantity: sumOfQuantity(stockMovement.quantity) },
  sorts: { movedOn: stockMovement.movedOn },
  defaultOrder: [{ by: 'movedOn', direction: 'DESC' }],
  countedBy: 'kind',
  ownedBy: {
    Article: stockMovement.articleId,
    GoodsReceipt: stockMovement.sourceId,
    Delivery: stockMovement.sourceId,
  },
});
