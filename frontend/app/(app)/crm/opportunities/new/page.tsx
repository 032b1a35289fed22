import { CreateOpportunity } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { pageTitle } from '#shell/title.ts';
import { linkedPartner } from '../../../trade/form/linked-partner.ts';

export const generateMetadata = pageTitle('action.newOpportunity');

export default async function NewPage({ searchParams }: { searchParams: Promise<{ partner?: string }> }) {
  const [{ t }, { partner: number }] = await Promise.all([language(), searchParams]);
  const partner = await linkedPartner(number);
  return (
    <FormPage
      title={t('action.newOpportunity')}
      crumbs={[
        { label: t('nav.crm') },
        { label: t('nav.opportunities'), href: '/crm/opportunities' },
        { label: t('crumb.new') },
      ]}
      permission="crm:write"
      form={{
        operation: CreateOpportunity,
        mutation: 'createOpportunity',
        object: 'opportunity',
        sections: [
          {
            title: t('ui.formName.opportunity'),
            fields: [
              { name: 'title', label: t('field.title'), kind: 'text', required: true, wide: true },
              { name: 'partnerId', label: t('field.partner'), kind: 'partner', required: true },
              { name: 'expectedAmount', label: t('crm.expectedAmount'), kind: 'decimal', required: true },
              { name: 'expectedCloseOn', label: t('crm.expectedCloseOn'), kind: 'date', required: true },
              {
                name: 'stage',
                label: t('crm.stage'),
                kind: 'select',
                required: true,
                options: (['NEW', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION'] as const).map((value) => ({
                  value,
                  label: t(`enum.OpportunityStage.${value}`),
                })),
              },
              { name: 'note', label: t('crm.note'), kind: 'note' },
            ],
          },
        ],
        values: {
          partnerId: partner ? [partner.id, partner.name, partner.detail] : [],
          stage: 'NEW',
          expectedCloseOn: monthsFrom(today(), 3),
        },
        record: { form: 'crm.opportunity', recordId: null, version: null },
        target: '/crm/opportunities',
        cancel: '/crm/opportunities',
        submit: t('action.create'),
        saved: t('action.saved'),
      }}
    />
  );
}

/** The same day some months later, as a first guess that is easily changed. */
function monthsFrom(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}
