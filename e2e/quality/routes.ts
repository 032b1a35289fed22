import { signedIn } from '../graph.ts';

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
  ['/settings', 'page', '?tab=sessions'],
  ['/settings', 'page', '?tab=clients'],
  ['/settings', 'page', '?tab=speed'],
  ['/finance/trial-balance', 'page', '?year=2011&month=12'],
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
  ['/inventory/articles/new', 'form'],
  ['/purchasing/invoices/new', 'form'],
  ['/purchasing/orders/new', 'form'],
  ['/sales/invoices/new', 'form'],
  ['/sales/orders/new', 'form'],
  ['/sales/quotes/new', 'form'],
  ['/styleguide', 'page'],
  ['/styleguide/list', 'list'],
];

/**
 * Folders of records, the list of the graph that their ids come from, and which of them have a form: all, or those of a status.
 */
const withRecord: readonly (readonly [folder: string, list: string, edited: boolean | string])[] = [
  ['/crm/partners', 'businessPartners', true],
  ['/finance/bank', 'bankTransactions', false],
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

/** Every route of the web app, with the records of the demo company; a kind of record that it has none of is left out. */
export async function allRoutes(): Promise<Route[]> {
  const graph = await signedIn();
  const query = withRecord.flatMap(([, list, edited]) => [
    `${list}(first: 1) { edges { node { id } } }`,
    ...(typeof edited === 'string'
      ? [`${list}Open: ${list}(first: 1, filter: { status: { eq: ${edited} } }) { edges { node { id } } }`]
      : []),
  ]);
  const found = await graph.ask(`{ ${query.join(' ')} }`);
  const idIn = (list: string): string | undefined => found[list].edges[0]?.node.id;
  const records = withRecord.flatMap(([folder, list, edited]): Route[] => {
    const id = idIn(list);
    const open = typeof edited === 'string' ? idIn(`${list}Open`) : edited && id;
    return [
      ...(id ? [{ pattern: `${folder}/[id]`, path: `${folder}/${id}`, kind: 'record' } as const] : []),
      ...(open ? [{ pattern: `${folder}/[id]/edit`, path: `${folder}/${open}/edit`, kind: 'form' } as const] : []),
    ];
  });
  return [
    ...withoutRecord.map(([pattern, kind, query = '']) => ({ pattern: pattern + query, path: pattern + query, kind })),
    { pattern: '/finance/accounts/[number]', path: '/finance/accounts/8400', kind: 'record' },
    { pattern: '/help/[topic]', path: '/help/start', kind: 'page' },
    ...records,
  ];
}
