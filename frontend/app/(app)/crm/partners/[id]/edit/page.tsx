import { notFound } from 'next/navigation';
import { PartnerDetail, PartnerLive, UpdateBusinessPartner } from '#graphql/_generated/operations.ts';
import { askRecord } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { partnerSections } from '../../form.ts';

export default async function EditPartnerPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t, format }, { id }] = await Promise.all([language(), params]);
  const {
    data: { businessPartner: partner },
  } = await askRecord(PartnerDetail, { id });
  if (!partner) notFound();
  const address = partner.billingAddress;
  return (
    <FormPage
      title={partner.name}
      crumbs={[
        { label: t('nav.crm') },
        { label: t('nav.partners'), href: '/crm/partners' },
        { label: partner.name, href: `/crm/partners/${id}` },
        { label: t('action.edit') },
      ]}
      permission="crm:write"
      form={{
        operation: UpdateBusinessPartner,
        mutation: 'updateBusinessPartner',
        object: 'businessPartner',
        sections: partnerSections(t),
        fixed: { id, version: partner.version },
        values: {
          name: partner.name,
          kinds: partner.kinds,
          country: partner.country,
          vatId: partner.vatId ?? '',
          language: partner.language,
          'billingAddress.street': address?.street ?? '',
          'billingAddress.postalCode': address?.postalCode ?? '',
          'billingAddress.city': address?.city ?? '',
          'billingAddress.country': address?.country ?? '',
          email: partner.email ?? '',
          phone: partner.phone ?? '',
          website: partner.website ?? '',
          paymentTermDays: String(partner.paymentTermDays),
          creditLimit: partner.creditLimit ? format.amount(partner.creditLimit.amount) : '',
          iban: partner.iban ?? '',
          note: partner.note ?? '',
        },
        attach: 'BUSINESS_PARTNER',
        record: { form: 'crm.partner', recordId: id, version: partner.version },
        live: PartnerLive,
        target: `/crm/partners/${id}`,
        cancel: `/crm/partners/${id}`,
        submit: t('action.save'),
        saved: t('action.saved'),
      }}
    />
  );
}
