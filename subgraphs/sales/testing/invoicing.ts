import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import { newId } from '@valeo/kit/ids.ts';
import { twoTenants } from '@valeo/kit/testing/two-tenants.ts';
import { sales } from '../sales.subgraph.ts';

export const INVOICE_FIELDS = `id kind number status paymentStatus version dueOn net { amount } tax { amount } gross { amount } openAmount { amount }
  journalEntry { id } lines { sku quantity unitPrice taxCode net } taxes { taxCode rate net { amount } tax { amount } note } cancels { id } cancelledBy { id }`;

/** A company that invoices: an article with stock and a service, customers in Germany and France, and invoices as drafts or posted. */
export async function invoicing() {
  const tenants = await twoTenants(sales, inventory, finance);
  const { one, ask, publish } = tenants;
  const mutate = (name: string, input: object, caller = one, more = '') =>
    tenants.mutate(
      name,
      input,
      `salesInvoice { ${INVOICE_FIELDS} } ${more} error { code message fields { path code message } }`,
      caller,
    );
  const entryOf = async (id: string) =>
    (
      await ask(
        one,
        'query ($id: ID!) { journalEntry(id: $id) { number postedOn text source lines { account { number kind } debit { amount } credit { amount } } reverses { id } } }',
        { id },
      )
    ).journalEntry;
  const onHand = async (id: string) =>
    Number((await ask(one, 'query ($id: ID!) { article(id: $id) { onHand } }', { id })).article.onHand);

  const customer = newId();
  const frenchCustomer = newId();
  const partner = {
    number: '10001',
    name: 'Müller GmbH',
    country: 'DE',
    vatId: null,
    paymentTermDays: 14,
    billingAddress: { city: 'Hamburg' },
  };
  await publish(one, 'crm.BusinessPartner', customer, partner);
  await publish(one, 'crm.BusinessPartner', frenchCustomer, {
    ...partner,
    name: 'Dupont',
    country: 'FR',
    vatId: 'FR83404833048',
  });
  const create = async (input: object) =>
    (
      await ask(one, 'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } } }', {
        input,
      })
    ).createArticle.article.id;
  const heart: string = await create({ sku: '85123A', name: 'Heart', price: '2.55' });
  const postage: string = await create({ sku: 'POST', name: 'Postage', price: '18.00', kind: 'SERVICE' });

  const input = (more: object = {}) => ({
    customerId: customer,
    suppliedOn: '2011-12-09',
    issuedOn: '2011-12-09',
    lines: [
      { articleId: heart, quantity: '6' },
      { articleId: postage, quantity: '1' },
    ],
    ...more,
  });
  const draft = async (more: object = {}) => (await mutate('createSalesInvoice', input(more))).salesInvoice;
  const posted = async (more: object = {}) =>
    (await mutate('postSalesInvoice', { id: (await draft(more)).id })).salesInvoice;
  const pay = (id: string, amount: string, more: object = {}) =>
    mutate('recordPayment', { salesInvoiceId: id, amount, receivedOn: '2011-12-20', account: '1200', ...more });

  return {
    ...tenants,
    bank: tenants.mutate,
    mutate,
    entryOf,
    onHand,
    customer,
    frenchCustomer,
    heart,
    postage,
    input,
    draft,
    posted,
    pay,
  };
}
