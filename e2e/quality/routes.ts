import { type Graph, signedIn } from '../graph.ts';

/** What kind of page a route is; its budget follows from it. */
export type RouteKind = 'public' | 'page' | 'list' | 'record' | 'form';

export interface Route {
  /** The route as it stands in the tree of pages, such as `/sales/orders/[id]`. */
  readonly pattern: string;
  /** Its address, with a record of the demo company where the pattern names one. */
  readonly path: string;
  readonly kind: RouteKind;
}

type Place = readonly [pattern: string, kind: RouteKind, query?: string];

const withoutRecord: readonly Place[] = [
  ['/sign-in', 'public'],
  ['/sign-up', 'public'],
  ['/forgot-password', 'public'],
  ['/reset-password', 'public', '?token=x'],
  ['/invitation', 'public', '?token=x'],
  ['/offline', 'public'],
  ['/', 'page'],
  ['/more', 'page'],
  ['/notifications', 'list'],
  ['/outbox', 'page'],
  ['/help', 'page'],
  ['/settings', 'page'],
  ['/settings', 'page', '?tab=company'],
  ['/settings', 'page', '?tab=people'],
  ['/settings', 'page', '?tab=roles'],
  ['/settings', 'page', '?tab=sessions'],
  ['/settings', 'page', '?tab=clients'],
  ['/settings', 'page', '?tab=speed'],
  ['/finance/trial-balance', 'page', '?year=2011&month=12'],
  ['/finance/periods', 'page', '?year=2011'],
  ['/tasks/import', 'page'],
  ['/crm/activities', 'list'],
  ['/crm/opportunities', 'list'],
  ['/crm/partners', 'list'],
  ['/finance/accounts', 'list'],
  ['/finance/bank', 'list'],
  ['/finance/journal', 'list'],
  ['/finance/open-items', 'list'],
  ['/inventory/articles', 'list'],
  ['/inventory/stock-movements', 'list'],
  ['/inventory/warehouses', 'list'],
  ['/purchasing/invoices', 'list'],
  ['/purchasing/orders', 'list'],
  ['/purchasing/receipts', 'list'],
  ['/sales/deliveries', 'list'],
  ['/sales/invoices', 'list'],
  ['/sales/orders', 'list'],
  ['/sales/quotes', 'list'],
  ['/tasks', 'list'],
  ['/crm/activities/new', 'form'],
  ['/crm/opportunities/new', 'form'],
  ['/crm/partners/new', 'form'],
  ['/finance/accounts/new', 'form'],
  ['/finance/bank/new', 'form'],
  ['/finance/journal/new', 'form'],
  ['/inventory/articles/new', 'form'],
  ['/inventory/stock-movements/new', 'form'],
  ['/inventory/warehouses/new', 'form'],
  ['/purchasing/invoices/new', 'form'],
  ['/purchasing/orders/new', 'form'],
  ['/sales/invoices/new', 'form'],
  ['/sales/orders/new', 'form'],
  ['/sales/quotes/new', 'form'],
  ['/settings/roles/new', 'form'],
  ['/styleguide', 'page'],
  ['/styleguide/list', 'list'],
];

/**
 * Folders of records, the list of the graph that their ids come from, and which of them have a form: all, or those of a status.
 */
const withRecord: readonly (readonly [folder: string, list: string, edited: boolean | string])[] = [
  ['/crm/partners', 'businessPartners', true],
  ['/finance/bank', 'bankTransactions', true],
  ['/finance/journal', 'journalEntries', false],
  ['/inventory/articles', 'articles', true],
  ['/purchasing/invoices', 'supplierInvoices', 'RECEIVED'],
  ['/purchasing/orders', 'purchaseOrders', 'DRAFT'],
  ['/purchasing/receipts', 'goodsReceipts', 'DRAFT'],
  ['/sales/deliveries', 'deliveries', 'DRAFT'],
  ['/sales/invoices', 'salesInvoices', 'DRAFT'],
  ['/sales/orders', 'salesOrders', 'DRAFT'],
  ['/sales/quotes', 'quotes', 'DRAFT'],
  ['/tasks', 'tasks', false],
];

/** Every route of the web app, each that shows a record with one of the demo company. */
export async function allRoutes(): Promise<Route[]> {
  const graph = await signedIn();
  await makeDrafts(graph);
  const query = withRecord.flatMap(([, list, edited]) => [
    `${list}(first: 1) { edges { node { id } } }`,
    ...(typeof edited === 'string' ? [ofStatus(list, edited)] : []),
  ]);
  const found = await graph.ask(
    `{ ${query.join(' ')} ledgerAccounts(first: 1) { edges { node { id } } } warehouses(first: 1) { edges { node { id } } } }`,
  );
  const records = withRecord.flatMap(([folder, list, edited]): Route[] => {
    const id = idIn(found, list);
    return [
      { pattern: `${folder}/[id]`, path: `${folder}/${id}`, kind: 'record' },
      ...(edited
        ? [
            {
              pattern: `${folder}/[id]/edit`,
              path: `${folder}/${typeof edited === 'string' ? idIn(found, `${list}Open`) : id}/edit`,
              kind: 'form',
            } as const,
          ]
        : []),
    ];
  });
  return [
    ...withoutRecord.map(([pattern, kind, query = '']) => ({ pattern: pattern + query, path: pattern + query, kind })),
    { pattern: '/finance/accounts/[number]', path: '/finance/accounts/8400', kind: 'record' },
    { pattern: '/settings/roles/[id]', path: '/settings/roles/auditor', kind: 'record' },
    {
      pattern: '/finance/accounts/[number]/edit',
      path: `/finance/accounts/${idIn(found, 'ledgerAccounts')}/edit`,
      kind: 'form',
    },
    {
      pattern: '/inventory/warehouses/[id]/edit',
      path: `/inventory/warehouses/${idIn(found, 'warehouses')}/edit`,
      kind: 'form',
    },
    { pattern: '/help/[topic]', path: '/help/start', kind: 'page' },
    ...records,
  ];
}

/**
 * Makes a draft of each kind of document that the demo company has none of, so that the routes do not depend on what ran before. A
 * company that is looked at twice keeps the drafts of the first time.
 */
async function makeDrafts(graph: Graph): Promise<void> {
  const drafts = withRecord.filter(([, , edited]) => typeof edited === 'string');
  const found = await graph.ask(`{ ${drafts.map(([, list, edited]) => ofStatus(list, edited as string)).join(' ')}
    businessPartners(first: 1, filter: { kinds: { contains: CUSTOMER } }) { edges { node { id } } }
    suppliers: businessPartners(first: 1, filter: { kinds: { contains: SUPPLIER } }) { edges { node { id } } }
    articles(first: 1) { edges { node { id } } } }`);
  const has = (list: string) => idIn(found, `${list}Open`) !== undefined;
  const make = async (type: string, input: object): Promise<string> => {
    const name = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
    const payload = await graph.mutate(`create${type}`, input, `{ ${name} { id } error { code message } }`);
    if (payload.error) throw new Error(`${name}: ${payload.error.message}`);
    return payload[name].id;
  };
  const customerId = idIn(found, 'businessPartners');
  const supplierId = idIn(found, 'suppliers');
  const lines = [{ articleId: idIn(found, 'articles'), quantity: '1', unitPrice: '1.00' }];
  if (!has('quotes')) await make('Quote', { customerId, lines });
  if (!has('salesOrders')) await make('SalesOrder', { customerId, lines });
  if (!has('salesInvoices')) await make('SalesInvoice', { customerId, suppliedOn: '2011-12-01', lines });
  if (!has('deliveries')) {
    const orderId = await make('SalesOrder', { customerId, lines });
    await graph.mutate('confirmSalesOrder', { id: orderId }, '{ error { code } }');
    await make('Delivery', { orderId });
  }
  if (!has('purchaseOrders')) await make('PurchaseOrder', { supplierId, lines });
  if (!has('goodsReceipts')) {
    const [{ articleId, quantity: received } = { articleId: '', quantity: '' }] = lines;
    await make('GoodsReceipt', { supplierId, lines: [{ articleId, received }] });
  }
  if (!has('supplierInvoices')) {
    await make('SupplierInvoice', { supplierId, supplierNumber: 'R-1', issuedOn: '2011-12-01', lines });
  }
}

const ofStatus = (list: string, status: string): string =>
  `${list}Open: ${list}(first: 1, filter: { status: { eq: ${status} } }) { edges { node { id } } }`;

const idIn = (found: Record<string, { edges: { node: { id: string } }[] }>, list: string): string | undefined =>
  found[list]?.edges[0]?.node.id;
