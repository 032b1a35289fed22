import type { Translate } from '#i18n/translate.ts';
import type { FormSection } from '#ui/RecordForm.tsx';

/** What is known of a partner, for the form that creates one and the form that changes one. */
export function partnerSections(t: Translate): readonly FormSection[] {
  return [
    {
      title: t('partner.master'),
      fields: [
        { name: 'name', label: t('field.name'), kind: 'text', required: true, wide: true },
        {
          name: 'kinds',
          label: t('field.kinds'),
          kind: 'choices',
          required: true,
          options: (['CUSTOMER', 'SUPPLIER', 'PROSPECT'] as const).map((value) => ({
            value,
            label: t(`enum.BusinessPartnerKind.${value}`),
          })),
        },
        { name: 'country', label: t('field.country'), kind: 'country', required: true },
        { name: 'vatId', label: t('field.vatId'), kind: 'text', hint: t('partner.vatIdHint') },
        {
          name: 'language',
          label: t('partner.language'),
          kind: 'select',
          required: true,
          options: [
            { value: 'de', label: 'Deutsch' },
            { value: 'en', label: 'English' },
          ],
        },
      ],
    },
    {
      title: t('partner.address'),
      fields: [
        { name: 'billingAddress.street', label: t('partner.street'), kind: 'text', wide: true },
        { name: 'billingAddress.postalCode', label: t('partner.postalCode'), kind: 'text' },
        { name: 'billingAddress.city', label: t('field.city'), kind: 'text' },
        {
          name: 'billingAddress.country',
          label: t('field.country'),
          kind: 'country',
          orElse: 'country',
        },
      ],
    },
    {
      title: t('partner.contact'),
      fields: [
        { name: 'email', label: t('field.email'), kind: 'email' },
        { name: 'phone', label: t('field.phone'), kind: 'text' },
        { name: 'website', label: t('partner.website'), kind: 'text' },
      ],
    },
    {
      title: t('partner.terms'),
      fields: [
        { name: 'paymentTermDays', label: t('field.paymentTermDays'), kind: 'integer', hint: t('partner.termHint') },
        { name: 'creditLimit', label: t('field.creditLimit'), kind: 'decimal' },
        { name: 'iban', label: t('partner.iban'), kind: 'text', wide: true },
        { name: 'note', label: t('field.note'), kind: 'note' },
      ],
    },
  ];
}
