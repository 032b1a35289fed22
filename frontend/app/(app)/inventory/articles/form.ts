import type { Translate } from '#i18n/translate.ts';
import { unitOptions } from '#lists/units.ts';
import type { FormSection } from '#ui/RecordForm.tsx';

interface Choices {
  readonly taxCodes: readonly { readonly code: string; readonly name: string }[];
  /** Of an article that is there already. */
  readonly unit?: string;
}

/** What is known of an article. Its number and kind are given once. */
export function articleSections(t: Translate, { taxCodes, unit }: Choices, isNew: boolean): readonly FormSection[] {
  return [
    {
      title: t('article.master'),
      fields: [
        ...(isNew
          ? ([
              { name: 'sku', label: t('field.sku'), kind: 'text', required: true },
              {
                name: 'kind',
                label: t('field.kind'),
                kind: 'select',
                required: true,
                options: (['GOODS', 'SERVICE'] as const).map((value) => ({
                  value,
                  label: t(`enum.ArticleKind.${value}`),
                })),
              },
            ] as const)
          : []),
        { name: 'name', label: t('field.articleName'), kind: 'text', required: true, wide: true },
        { name: 'unit', label: t('field.unit'), kind: 'select', required: true, options: unitOptions(t, unit) },
        { name: 'category', label: t('field.category'), kind: 'text' },
        { name: 'description', label: t('article.description'), kind: 'note' },
      ],
    },
    {
      title: t('article.selling'),
      fields: [
        { name: 'price', label: t('field.price'), kind: 'decimal', required: true },
        {
          name: 'taxCode',
          label: t('field.taxCode'),
          kind: 'select',
          required: true,
          options: taxCodes.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
        },
        ...(isNew
          ? []
          : ([
              {
                name: 'active',
                label: t('field.active'),
                kind: 'yesNo',
                required: true,
                options: [
                  { value: 'true', label: t('ui.yes') },
                  { value: 'false', label: t('ui.no') },
                ],
              },
            ] as const)),
      ],
    },
    {
      title: t('article.stock'),
      fields: [
        { name: 'reorderPoint', label: t('field.reorderPoint'), kind: 'decimal' },
        { name: 'packSize', label: t('article.packSize'), kind: 'decimal' },
      ],
    },
  ];
}
