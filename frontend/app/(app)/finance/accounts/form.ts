import type { Translate } from '#i18n/translate.ts';
import type { FormSection } from '#ui/RecordForm.tsx';

const types = [
  'ASSET_NON_CURRENT',
  'ASSET_FIXED',
  'ASSET_CURRENT',
  'ASSET_CASH',
  'ASSET_RECEIVABLE',
  'ASSET_PREPAYMENTS',
  'LIABILITY_CURRENT',
  'LIABILITY_PAYABLE',
  'LIABILITY_NON_CURRENT',
  'EQUITY',
  'INCOME',
  'INCOME_OTHER',
  'EXPENSE',
  'EXPENSE_DEPRECIATION',
  'OFF_BALANCE',
] as const;

/** What a new account is. Number, place and VAT code give its entries their meaning, so they are given once. */
export function newAccountSections(
  t: Translate,
  taxCodes: readonly { readonly code: string; readonly name: string }[],
): readonly FormSection[] {
  return [
    {
      title: t('field.account'),
      fields: [
        { name: 'number', label: t('field.number'), kind: 'text', required: true, hint: t('account.numberHint') },
        { name: 'name', label: t('field.name'), kind: 'text', required: true },
        {
          name: 'type',
          label: t('field.type'),
          kind: 'select',
          required: true,
          hint: t('account.typeHint'),
          options: types.map((value) => ({ value, label: t(`enum.LedgerAccountType.${value}`) })),
        },
        {
          name: 'defaultTaxCode',
          label: t('account.taxCode'),
          kind: 'select',
          hint: t('account.taxCodeHint'),
          options: taxCodes.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
        },
      ],
    },
  ];
}

/** What of an account can be changed. */
export const accountSections = (t: Translate): readonly FormSection[] => [
  {
    title: t('field.account'),
    fields: [
      { name: 'name', label: t('field.name'), kind: 'text', required: true },
      {
        name: 'active',
        label: t('account.active'),
        kind: 'yesNo',
        required: true,
        hint: t('account.activeHint'),
        options: [
          { value: 'true', label: t('ui.yes') },
          { value: 'false', label: t('ui.no') },
        ],
      },
    ],
  },
];
