import { conflict } from '@valeo/kit/conflict.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, failField, ok } from '@valeo/kit/result.ts';
import { zId, zKey, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { warehouses } from './warehouse.list.ts';
import type { WarehouseRow } from './warehouse.tables.ts';

export const updateWarehouse = defineMutation({
  name: 'updateWarehouse',
  description:
    'Changes a warehouse. What is not given stays. The standard warehouse and one that holds goods stay in use; another becomes the standard by being made it.',
  permission: 'inventory:write',
  input: z.object({
    id: zId(),
    version: z.int(),
    code: zText(20).nullish(),
    name: zText(100).nullish(),
    active: z.boolean().nullish(),
    standard: z.boolean().nullish(),
    idempotencyKey: zKey(),
  }),
  errors: ['NOT_FOUND', 'CONFLICT', 'WAREHOUSE_CODE_TAKEN', 'WAREHOUSE_NOT_EMPTY', 'STANDARD_WAREHOUSE'],
  payload: { warehouse: warehouses },
  async run(tx, input) {
    // All of the company, since the standard may move from one to another.
    const rows = await tx.query<Pick<WarehouseRow, 'id' | 'version' | 'code' | 'name' | 'standard' | 'active'>>(
      'SELECT id, version, code, name, standard, active FROM inventory.warehouse ORDER BY id FOR UPDATE',
    );
    const before = rows.find((row) => row.id === input.id);
    if (!before) return fail('NOT_FOUND');
    if (before.version !== input.version) return conflict(input, before, { nullKeeps: true });
    if (rows.some((row) => row.id !== before.id && row.code === input.code))
      return failField('WAREHOUSE_CODE_TAKEN', 'code', { code: input.code ?? '' });
    const active = input.active ?? before.active;
    const standard = input.standard ?? before.standard;
    if (before.standard && !standard) return failField('STANDARD_WAREHOUSE', 'standard');
    if (standard && !active) return failField('STANDARD_WAREHOUSE', 'active');
    if (before.active && !active) {
      const [held] = await tx.query(
        'SELECT FROM inventory.stock_balance WHERE warehouse_id = $1 AND on_hand <> 0 LIMIT 1',
        [before.id],
      );
      if (held) return failField('WAREHOUSE_NOT_EMPTY', 'active');
    }
    if (standard && !before.standard)
      await tx.query('UPDATE inventory.warehouse SET standard = false, version = version + 1 WHERE standard');
    await tx.query(
      `UPDATE inventory.warehouse SET code = coalesce($2, code), name = coalesce($3, name), active = $4, standard = $5,
         version = version + 1 WHERE id = $1`,
      [before.id, input.code, input.name, active, standard],
    );
    return ok({ warehouse: before.id });
  },
});
