import type { Translate } from '#i18n/translate.ts';
import type { FormField, FormSection } from '#ui/RecordForm.tsx';

/** What is known of a warehouse. A new one is in use, and not the standard. */
export function warehouseSections(t: Translate, isNew: boolean): readonly FormSection[] {
  const options = [
    { value: 'true', label: t('ui.yes') },
    { value: 'false', label: t('ui.no') },
  ];
  const use: readonly FormField[] = [
    {
      name: 'standard',
      label: t('field.standardWarehouse'),
      kind: 'yesNo',
      required: true,
      options,
      hint: t('warehouse.standardHint'),
    },
    {
      name: 'active',
      label: t('field.active'),
      kind: 'yesNo',
      required: true,
      options,
      hint: t('warehouse.activeHint'),
    },
  ];
  return [
    {
      title: t('warehouse.master'),
      fields: [
        { name: 'code', label: t('field.code'), kind: 'text', required: true, hint: t('warehouse.codeHint') },
        { name: 'name', label: t('field.name'), kind: 'text', required: true },
        ...(isNew ? [] : use),
      ],
    },
  ];
}
