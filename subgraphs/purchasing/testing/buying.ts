import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import { newId } from '@valeo/kit/ids.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { purchasing } from '../purchasing.subgraph.ts';

const FIELDS: Record<string, string> = {
  purchaseOrder:
    'id number status version net { amount } gross { amount } receipts { id } invoices { id } lines { position sku quantity received rejected billed unitPrice taxCode net }',
  goodsReceipt: 'id number status version order { id } lines { sku received rejected orderLine }',
  supplierInvoice: `id number status version supplierNumber dueOn net { amount } tax { amount } gross { amount } openAmount { amount } checkNote
    differences { kind line expected found tolerated } journalEntry { id } cancelEntry { id } payments { amount { amount } } lines { description taxCode net }`,
};

/** A company that buys: an article, a supplier at home and one abroad, and the steps from an order to a paid bill. */
export async function buying() {
  const tenants = await twoTenants(purchasing, inventory, finance);
  const { one, ask, mutate, publish } = tenants;
  const run = (name: string, field: string, input: object, caller = one) =>
    mutate(name, input, `${field} { ${FIELDS[field]} } error { code message fields { path code } }`, caller);
  const bulk = (name: string, field: string, input: object) =>
    mutate(name, input, `${field} { status } errors { index path code }`);
  const read = async (field: string, id: string) =>
    (await ask(one, `query ($id: ID!) { ${field}(id: $id) { ${FIELDS[field]} } }`, { id }))[field];
  const onHand = async (id: string) =>
    Number((await ask(one, 'query ($id: ID!) { article(id: $id) { onHand } }', { id })).article.onHand);
  const entryOf = async (id: string) =>
    (
      await ask(
        one,
        'query ($id: ID!) { journalEntry(id: $id) { reverses { id } lines { account { number kind } debit { amount } credit { amount } } } }',
        { id },
      )
    ).journalEntry;

  const supplier = newId();
  const french = newId();
  const customer = newId();
  const partner = { number: '70001', name: 'Schrauben AG', kinds: ['SUPPLIER'], country: 'DE', paymentTermDays: 30 };
  await publish(one, 'crm.BusinessPartner', supplier, partner);
  await publish(one, 'crm.BusinessPartner', french, { ...partner, name: 'Vis SARL', country: 'FR' });
  await publish(one, 'crm.BusinessPartner', customer, { ...partner, name: 'Kunde', kinds: ['CUSTOMER'] });
  const bolt: string = (await mutate('createArticle', { sku: 'BOLT', name: 'Bolt', price: '1.00' }, 'article { id }'))
    .article.id;

  const input = (more: object = {}) => ({
    supplierId: supplier,
    orderedOn: '2024-05-02',
    lines: [{ articleId: bolt, quantity: '100', unitPrice: '0.50' }],
    ...more,
  });
  const draft = async (more: object = {}) =>
    (await run('createPurchaseOrder', 'purchaseOrder', input(more))).purchaseOrder;
  const step = (id: string, status: string, caller = one) =>
    run('setPurchaseOrderStatus', 'purchaseOrder', { id, status }, caller);
  const sent = async (more: object = {}) => {
    const { id } = await draft(more);
    await step(id, 'APPROVED');
    return (await step(id, 'SENT')).purchaseOrder;
  };
  const receive = async (orderId: string, received = '100', rejected = '0') => {
    const { goodsReceipt } = await run('createGoodsReceipt', 'goodsReceipt', {
      orderId,
      receivedOn: '2024-05-10',
      lines: [{ orderLine: 1, received, rejected }],
    });
    return (await run('postGoodsReceipt', 'goodsReceipt', { id: goodsReceipt.id })).goodsReceipt;
  };
  let bills = 0;
  const bill = (more: object = {}) => {
    bills += 1;
    const line = { description: 'Freight', quantity: '1', unitPrice: '50.00' };
    return run('createSupplierInvoice', 'supplierInvoice', {
      supplierId: supplier,
      supplierNumber: `R-${bills}`,
      issuedOn: '2024-05-12',
      lines: [line],
      ...more,
    });
  };
  const billOf = (orderId: string, quantity: string, unitPrice = '0.50', more: object = {}) =>
    bill({ orderId, lines: [{ orderLine: 1, quantity, unitPrice }], ...more });
  const booked = async (more: object = {}) => {
    const { id } = (await bill(more)).supplierInvoice;
    await run('checkSupplierInvoice', 'supplierInvoice', { id });
    return (await run('postSupplierInvoice', 'supplierInvoice', { id })).supplierInvoice;
  };

  return {
    ...tenants,
    run,
    bulk,
    read,
    onHand,
    entryOf,
    supplier,
    french,
    customer,
    bolt,
    input,
    draft,
    step,
    sent,
    receive,
    bill,
    billOf,
    booked,
  };
}
