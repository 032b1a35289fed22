import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import { newId } from '@valeo/kit/ids.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { sales } from '../sales.subgraph.ts';

const LINES = 'lines { position sku quantity unitPrice taxCode net';
const FIELDS: Record<string, string> = {
  quote: `id number status version validUntil gross { amount } order { id } ${LINES} }`,
  salesOrder: `id number status deliveryStatus invoiceStatus version net { amount } gross { amount } quote { id } cancelReason
    deliveries { id } invoices { id } ${LINES} delivered invoiced }`,
  delivery: `id number status deliverOn invoiced order { id } invoices { id } version ${LINES} orderLine }`,
  salesInvoice: `id status order { id } deliveries { id } net { amount } ${LINES} orderLine delivery { id } }`,
};

/** A company that sells: goods and a service, two customers, and the steps from an order to what is shipped. */
export async function selling() {
  const tenants = await twoTenants(sales, inventory, finance);
  const { one, ask, mutate, publish } = tenants;
  const run = (name: string, field: string, input: object, caller = one) =>
    mutate(name, input, `${field} { ${FIELDS[field]} } error { code message fields { path code } }`, caller);
  const read = async (field: string, id: string, caller = one) =>
    (await ask(caller, `query ($id: ID!) { ${field}(id: $id) { ${FIELDS[field]} } }`, { id }))[field];
  const onHand = async (id: string) =>
    Number((await ask(one, 'query ($id: ID!) { article(id: $id) { onHand } }', { id })).article.onHand);

  const customer = newId();
  const other = newId();
  const partner = {
    number: '1',
    name: 'Müller GmbH',
    country: 'DE',
    vatId: null,
    paymentTermDays: 14,
    billingAddress: { city: 'Hamburg' },
  };
  await publish(one, 'crm.BusinessPartner', customer, partner);
  await publish(one, 'crm.BusinessPartner', other, { ...partner, number: '2', name: 'Adam' });
  const create = async (input: object) => (await mutate('createArticle', input, 'article { id }')).article.id;
  const heart: string = await create({ sku: 'HEART', name: 'Heart', price: '2.50' });
  const postage: string = await create({ sku: 'POST', name: 'Postage', price: '18.00', kind: 'SERVICE' });

  const lines = () => [
    { articleId: heart, quantity: '10' },
    { articleId: postage, quantity: '1' },
  ];
  const order = async (more: object = {}) =>
    (
      await run('createSalesOrder', 'salesOrder', {
        customerId: customer,
        orderedOn: '2024-03-01',
        lines: lines(),
        ...more,
      })
    ).salesOrder;
  const confirmed = async (more: object = {}) =>
    (await run('confirmSalesOrder', 'salesOrder', { id: (await order(more)).id })).salesOrder;
  const deliver = (orderId: string, more: object = {}) =>
    run('createDelivery', 'delivery', { orderId, deliverOn: '2024-03-05', ...more });
  const shipped = async (orderId: string, more: object = {}) => {
    const { delivery } = await deliver(orderId, more);
    return (await run('shipDelivery', 'delivery', { id: delivery.id })).delivery;
  };

  return { ...tenants, run, read, onHand, customer, other, heart, postage, lines, order, confirmed, deliver, shipped };
}
