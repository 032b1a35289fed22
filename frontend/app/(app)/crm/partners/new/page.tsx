import { CreateBusinessPartner } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { pageTitle } from '#shell/title.ts';
import { partnerSections } from '../form.ts';

export const generateMetadata = pageTitle('action.newPartner');

export default async function NewPartnerPage() {
  const { t } = await language();
  return (
    <FormPage
      title={t('action.newPartner')}
      crumbs={[{ label: t('nav.crm') }, { label: t('nav.partners'), href: '/crm/partners' }, { label: t('crumb.new') }]}
      permission="crm:write"
      form={{
        operation: CreateBusinessPartner,
        mutation: 'createBusinessPartner',
        object: 'businessPartner',
        sections: partnerSections(t),
        values: { kinds: ['CUSTOMER'], country: 'DE', language: 'de', paymentTermDays: '14' },
        attach: 'BUSINESS_PARTNER',
        record: { form: 'crm.partner', recordId: null, version: null },
        target: '/crm/partners/{id}',
        cancel: '/crm/partners',
        submit: t('action.create'),
        saved: t('partner.created'),
      }}
    />
  );
}
