import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { failField, ok } from '@valeo/kit/result.ts';
import { zKey, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { standardWarehouse } from '../stock/stock.ts';
import { warehouses } from './warehouse.list.ts';

export const createWarehouse = defineMutation({
  name: 'createWarehouse',
  description: 'Creates a warehouse.',
  permission: 'inventory:write',
  input: z.object({ code: zText(20), name: zText(100), idempotencyKey: zKey() }),
  errors: ['WAREHOUSE_CODE_TAKEN'],
  payload: { warehouse: warehouses },
  async run(tx, input) {
    await standardWarehouse(tx);
    const id = newId();
    const [row] = await tx.query(
      'INSERT INTO inventory.warehouse (id, tenant_id, code, name) VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id, code) DO NOTHING RETURNING id',
      [id, tx.tenantId, input.code, input.name],
    );
    return row ? ok({ warehouse: id }) : failField('WAREHOUSE_CODE_TAKEN', 'code', { code: input.code });
  },
});
