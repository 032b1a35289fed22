import { notFound } from 'next/navigation';
import { EditWarehouse, WarehouseEntry, WarehouseLive } from '#graphql/_generated/operations.ts';
import { ask } from '#graphql/server.ts';
import { language } from '#i18n/server.ts';
import { FormPage } from '#shell/FormPage.tsx';
import { warehouseSections } from '../../form.ts';

export default async function EditWarehousePage({ params }: { params: Promise<{ id: string }> }) {
  const [{ t }, { id }] = await Promise.all([language(), params]);
  const { warehouse } = await ask(WarehouseEntry, { id });
  if (!warehouse) notFound();
  return (
    <FormPage
      title={warehouse.name}
      crumbs={[
        { label: t('nav.inventory') },
        { label: t('nav.warehouses'), href: '/inventory/warehouses' },
        { label: warehouse.code },
      ]}
      permission="inventory:write"
      form={{
        operation: EditWarehouse,
        mutation: 'updateWarehouse',
        object: 'warehouse',
        sections: warehouseSections(t, false),
        fixed: { id, version: warehouse.version },
        values: {
          code: warehouse.code,
          name: warehouse.name,
          standard: String(warehouse.standard),
          active: String(warehouse.active),
        },
        record: { form: 'inventory.warehouse', recordId: id, version: warehouse.version },
        live: WarehouseLive,
        target: '/inventory/warehouses',
        cancel: '/inventory/warehouses',
        submit: t('action.save'),
        saved: t('action.saved'),
      }}
    />
  );
}
