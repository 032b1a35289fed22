import { boolean, text } from '@valeo/kit/filter.ts';
import { defineList } from '@valeo/kit/list.ts';
import { warehouse } from './warehouse.tables.ts';

export const warehouses = defineList({
  type: 'Warehouse',
  field: 'warehouse',
  plural: 'warehouses',
  description: 'Places where goods are kept, by name.',
  table: warehouse,
  permission: 'inventory:read',
  filters: {
    code: text(warehouse.code),
    name: text(warehouse.name),
    active: boolean(warehouse.active),
    standard: boolean(warehouse.standard),
  },
  sorts: { name: warehouse.name, code: warehouse.code },
  defaultOrder: [{ by: 'name', direction: 'ASC' }],
});
