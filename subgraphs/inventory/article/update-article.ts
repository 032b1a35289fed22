import { conflict } from '@valeo/kit/conflict.ts';
import { today } from '@valeo/kit/day.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { fail, ok } from '@valeo/kit/result.ts';
import { zId, zKey } from '@valeo/kit/validate.ts';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { articles } from './article.list.ts';
import { article } from './article.tables.ts';
import { TAX_CODE_CODES, taxCodeFaults, zArticle } from './create-articles.ts';

export const updateArticle = defineMutation({
  name: 'updateArticle',
  description: 'Changes an article. What is not given stays; documents keep what they were made with.',
  permission: 'inventory:write',
  input: zArticle
    .omit({ sku: true, kind: true, externalSource: true, externalNumber: true })
    .partial()
    .extend({ id: zId(), version: z.int(), active: z.boolean().nullish(), idempotencyKey: zKey() }),
  errors: ['NOT_FOUND', 'CONFLICT', ...TAX_CODE_CODES],
  payload: { article: articles },
  async run(tx, input) {
    const [before] = await tx.db.select().from(article).where(eq(article.id, input.id)).for('update');
    if (!before) return fail('NOT_FOUND');
    if (before.version !== input.version)
      return conflict(input, before, { decimals: ['price', 'reorderPoint', 'packSize'], nullKeeps: true });
    const fields = input.taxCode === before.taxCode ? [] : taxCodeFaults(input.taxCode, '');
    const [fault] = fields;
    if (fault) return fail(fault.code as (typeof TAX_CODE_CODES)[number], { params: { ...fault.params }, fields });
    await tx.query(
      `UPDATE inventory.article SET name = coalesce($2, name), description = coalesce($3, description), unit = coalesce($4, unit),
         price = coalesce($5, price), tax_code = coalesce($6, tax_code), category = coalesce($7, category),
         reorder_point = coalesce($8, reorder_point), pack_size = coalesce($9, pack_size), active = coalesce($10, active),
         version = version + 1, updated_at = now()
       WHERE id = $1`,
      [
        input.id,
        input.name,
        input.description,
        input.unit,
        input.price,
        input.taxCode,
        input.category,
        input.reorderPoint,
        input.packSize,
        input.active,
      ],
    );
    if (input.price != null && input.price !== before.price) {
      await tx.query(
        `INSERT INTO inventory.article_price (id, tenant_id, article_id, valid_from, price) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, article_id, valid_from) DO UPDATE SET price = excluded.price, version = article_price.version + 1`,
        [newId(), tx.tenantId, input.id, today(), input.price],
      );
    }
    return ok({ article: input.id });
  },
});
