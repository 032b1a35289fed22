import { CreateWarehouse } from '#graphql/_generated/operations.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { warehouseSections } from '../form.ts';

export default async function NewWarehousePage() {
  const { t } = await language();
  return (
    <FormPage
      title={t('action.newWarehouse')}
      crumbs={[
        { label: t('nav.inventory') },
        { label: t('nav.warehouses'), href: '/inventory/warehouses' },
        { label: t('crumb.new') },
      ]}
      permission="inventory:write"
      form={{
        operation: CreateWarehouse,
        mutation: 'createWarehouse',
        object: 'warehouse',
        sections: warehouseSections(t, true),
        values: {},
        record: { form: 'inventory.warehouse', recordId: null, version: null },
        target: '/inventory/warehouses',
        cancel: '/inventory/warehouses',
        submit: t('action.create'),
        saved: t('warehouse.created'),
      }}
    />
  );
}
