import { hasBaseAccount, isTaxCode } from '@valeo/finance/ledger/ledger.ts';
import { newId } from '@valeo/kit/ids.ts';
import { defineMutation } from '@valeo/kit/mutation.ts';
import { type FieldFault, fail, ok, type Result } from '@valeo/kit/result.ts';
import type { Tx } from '@valeo/kit/tenant-db.ts';
import { zKey, zList, zPrice, zQuantity, zText } from '@valeo/kit/validate.ts';
import { z } from 'zod';
import { articles } from './article.list.ts';

/** Faults of the VAT code that documents take from the article. */
export const TAX_CODE_CODES = ['UNKNOWN_TAX_CODE', 'TAX_CODE_WITHOUT_ACCOUNT'] as const;
export const ARTICLE_CODES = ['SKU_TAKEN', 'EXTERNAL_NUMBER_TAKEN', ...TAX_CODE_CODES] as const;
export type ArticleCode = (typeof ARTICLE_CODES)[number];

const zUnit = () => z.string().regex(/^[A-Z0-9]{2,3}$/);
const zTaxCode = () => z.string().regex(/^[A-Z0-9_]{2,12}$/);

export const zArticle = z.object({
  sku: zText(60),
  name: zText(200),
  description: zText(4000).nullish(),
  kind: z.enum(['GOODS', 'SERVICE']).nullish(),
  unit: zUnit().nullish(),
  price: zPrice().nullish(),
  taxCode: zTaxCode().nullish(),
  category: zText(100, 0).nullish(),
  reorderPoint: zQuantity('notNegative').nullish(),
  packSize: zQuantity('positive').nullish(),
  externalSource: zText(60).nullish(),
  externalNumber: zText(60).nullish(),
});
export type ArticleInput = z.infer<typeof zArticle>;

interface Clash {
  readonly position: number;
  readonly sku: boolean;
}

/**
 * Creates articles, all or none, in a fixed number of statements. Answers their ids in the order of the input. Runs with
 * the rights of inventory; bulk imports and the single mutation use this one function.
 */
export async function createArticleRows(
  tx: Tx,
  inputs: readonly ArticleInput[],
): Promise<Result<string[], ArticleCode>> {
  const rows = inputs.map((input) => ({ ...input, id: newId() }));
  const values = JSON.stringify(rows.map((row, position) => ({ ...row, position })));
  const clashes = await tx.query<Clash>(
    `WITH wanted AS (SELECT * FROM jsonb_to_recordset($1) AS w (position int, sku text, "externalSource" text, "externalNumber" text))
     SELECT w.position, true AS sku FROM wanted w JOIN inventory.article a ON a.sku = w.sku
     UNION ALL SELECT w.position, true FROM wanted w JOIN wanted o ON o.sku = w.sku AND o.position < w.position
     UNION ALL SELECT w.position, false FROM wanted w
       JOIN inventory.article a ON a.external_source = w."externalSource" AND a.external_number = w."externalNumber"
     ORDER BY 1`,
    [values],
    'article_clashes',
  );
  const faults = [
    ...clashesOf(clashes, inputs),
    ...inputs.flatMap(({ taxCode }, position) => taxCodeFaults(taxCode, `items.${position}.`)),
  ];
  const [first] = faults;
  if (first) return fail(first.code as ArticleCode, { params: { ...first.params }, fields: faults });
  await tx.query(
    `INSERT INTO inventory.article (id, tenant_id, sku, name, description, kind, unit, price, tax_code, category, reorder_point, pack_size,
                                    external_source, external_number)
     SELECT id, $1, sku, name, description, coalesce(kind, 'GOODS'), coalesce(unit, 'C62'), coalesce(price, 0), coalesce("taxCode", 'U19'),
            coalesce(category, ''), "reorderPoint", "packSize", "externalSource", "externalNumber"
     FROM jsonb_to_recordset($2) AS a (id uuid, sku text, name text, description text, kind text, unit text, price numeric, "taxCode" text,
       category text, "reorderPoint" numeric, "packSize" numeric, "externalSource" text, "externalNumber" text)`,
    [tx.tenantId, values],
    'insert_articles',
  );
  return ok(rows.map((row) => row.id));
}

function clashesOf(clashes: readonly Clash[], inputs: readonly ArticleInput[]): FieldFault[] {
  return clashes.map(({ position, sku }): FieldFault => {
    const input = inputs[position];
    return sku
      ? { path: `items.${position}.sku`, code: 'SKU_TAKEN', params: { sku: input?.sku ?? '' } }
      : {
          path: `items.${position}.externalNumber`,
          code: 'EXTERNAL_NUMBER_TAKEN',
          params: { number: input?.externalNumber ?? '' },
        };
  });
}

/** An article carries the code by which it is sold, so that its first invoice does not fail; purchases have codes of their own. */
export function taxCodeFaults(taxCode: string | null | undefined, at: string): FieldFault[] {
  const fault = (code: (typeof TAX_CODE_CODES)[number]) => [
    { path: `${at}taxCode`, code, params: { taxCode: taxCode ?? '' } },
  ];
  if (taxCode == null) return [];
  if (!isTaxCode(taxCode, 'SALE')) return fault('UNKNOWN_TAX_CODE');
  return hasBaseAccount(taxCode) ? [] : fault('TAX_CODE_WITHOUT_ACCOUNT');
}

export const createArticle = defineMutation({
  name: 'createArticle',
  description: 'Creates an article.',
  permission: 'inventory:write',
  input: zArticle.extend({ idempotencyKey: zKey() }),
  errors: ARTICLE_CODES,
  payload: { article: articles },
  async run(tx, input) {
    const created = await createArticleRows(tx, [input]);
    if (created.ok) return ok({ article: created.value[0] ?? '' });
    return {
      ...created,
      fields: created.fields.map((fault) => ({ ...fault, path: fault.path.replace(/^items\.0\./, '') })),
    };
  },
});

export const createArticles = defineMutation({
  name: 'createArticles',
  description: 'Creates up to 1000 articles, all or none.',
  permission: 'inventory:write',
  input: z.object({ items: zList(zArticle, 1000), dryRun: z.boolean().nullish(), idempotencyKey: zKey() }),
  errors: ARTICLE_CODES,
  payload: { articles },
  bulk: 'items',
  async run(tx, input) {
    const created = await createArticleRows(tx, input.items);
    return created.ok ? ok({ articles: created.value }) : created;
  },
});
