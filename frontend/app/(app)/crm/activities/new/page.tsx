import { CreateActivity } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { today } from '#i18n/today.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { pageTitle } from '#shell/title.ts';
import { linkedPartner } from '../../../trade/form/linked-partner.ts';

export const generateMetadata = pageTitle('action.newActivity');

export default async function NewPage({ searchParams }: { searchParams: Promise<{ partner?: string }> }) {
  const [{ t }, { partner: number }] = await Promise.all([language(), searchParams]);
  const partner = await linkedPartner(number);
  return (
    <FormPage
      title={t('action.newActivity')}
      crumbs={[
        { label: t('nav.crm') },
        { label: t('nav.activities'), href: '/crm/activities' },
        { label: t('crumb.new') },
      ]}
      permission="crm:write"
      form={{
        operation: CreateActivity,
        mutation: 'createActivity',
        object: 'activity',
        sections: [
          {
            title: t('ui.formName.activity'),
            fields: [
              {
                name: 'kind',
                label: t('crm.activityKind'),
                kind: 'select',
                required: true,
                options: (['CALL', 'EMAIL', 'MEETING', 'NOTE', 'TASK'] as const).map((value) => ({
                  value,
                  label: t(`enum.ActivityKind.${value}`),
                })),
              },
              { name: 'subject', label: t('crm.subject'), kind: 'text', required: true, wide: true },
              { name: 'partnerId', label: t('field.partner'), kind: 'partner' },
              { name: 'dueOn', label: t('crm.dueOn'), kind: 'date' },
              { name: 'body', label: t('crm.note'), kind: 'note' },
            ],
          },
        ],
        values: {
          partnerId: partner ? [partner.id, partner.name, partner.detail] : [],
          kind: 'CALL',
          dueOn: today(),
        },
        record: { form: 'crm.activity', recordId: null, version: null },
        target: '/crm/activities',
        cancel: '/crm/activities',
        submit: t('action.create'),
        saved: t('action.saved'),
      }}
    />
  );
}
