import { SettingsCompany, UpdateCompany } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { viewer } from '#shell/viewer.ts';
import { FactGrid, SectionHead } from '#ui/Doc.tsx';
import { type FormSection, RecordForm } from '#ui/RecordForm.tsx';

/** What stands on every document; changing it changes new documents only. */
export async function CompanySettings() {
  const [{ t, format, locale }, { permissions }, { viewer: asked }] = await Promise.all([
    language(),
    viewer(),
    ask(SettingsCompany, {}),
  ]);
  const company = asked?.company;
  if (!company) return null;
  const { address } = company;
  const firstMonth = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  const sections: FormSection[] = [
    {
      title: t('settings.company'),
      fields: [
        { name: 'name', label: t('settings.shortName'), kind: 'text', required: true },
        { name: 'legalName', label: t('settings.legalName'), kind: 'text', required: true },
        { name: 'registration', label: t('settings.registration'), kind: 'text' },
        { name: 'directors', label: t('settings.directors'), kind: 'text' },
      ],
    },
    {
      title: t('partner.address'),
      fields: [
        { name: 'address.street', label: t('partner.street'), kind: 'text', wide: true },
        { name: 'address.postalCode', label: t('partner.postalCode'), kind: 'text' },
        { name: 'address.city', label: t('field.city'), kind: 'text' },
        { name: 'address.country', label: t('field.country'), kind: 'country' },
      ],
    },
    {
      title: t('settings.tax'),
      fields: [
        { name: 'taxNumber', label: t('print.taxNumber'), kind: 'text' },
        { name: 'vatId', label: t('field.vatId'), kind: 'text' },
      ],
    },
    {
      title: t('nav.bank'),
      fields: [
        { name: 'iban', label: t('partner.iban'), kind: 'text', wide: true },
        { name: 'bic', label: 'BIC', kind: 'text' },
        { name: 'bankName', label: t('settings.bankName'), kind: 'text' },
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
  ];
  const values: Record<string, string> = {
    name: company.name,
    legalName: company.legalName,
    registration: company.registration ?? '',
    directors: company.directors ?? '',
    'address.street': address?.street ?? '',
    'address.postalCode': address?.postalCode ?? '',
    'address.city': address?.city ?? '',
    'address.country': address?.country ?? company.country,
    taxNumber: company.taxNumber ?? '',
    vatId: company.vatId ?? '',
    iban: company.iban ?? '',
    bic: company.bic ?? '',
    bankName: company.bankName ?? '',
    email: company.email ?? '',
    phone: company.phone ?? '',
    website: company.website ?? '',
  };
  const readable = (name: string) => {
    const value = values[name] || null;
    return value && name === 'address.country' ? format.country(value) : value;
  };
  if (!permissions.includes('company:manage'))
    return sections.map(({ title, fields }) => (
      <section key={title}>
        <SectionHead title={title} />
        <FactGrid facts={fields.map(({ name, label }) => ({ label, value: readable(name) }))} />
      </section>
    ));
  return (
    <>
      <FactGrid
        facts={[
          { label: t('settings.chart'), value: company.chart },
          { label: t('settings.currency'), value: company.currency },
          {
            label: t('settings.fiscalYearStart'),
            value: firstMonth.format(Date.UTC(2000, company.fiscalYearStartMonth - 1)),
          },
          {
            label: t('nav.periods'),
            value: permissions.includes('finance:read') && <a href="/finance/periods">{t('settings.periods')}</a>,
          },
          { label: t('field.country'), value: format.country(company.country) },
        ]}
      />
      <RecordForm
        operation={UpdateCompany}
        mutation="updateCompany"
        object="company"
        fixed={{ version: company.version }}
        sections={sections}
        values={values}
        submit={t('action.save')}
        saved={t('action.saved')}
      />
    </>
  );
}
