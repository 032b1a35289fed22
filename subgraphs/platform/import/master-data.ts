import type { TaskRun } from '@valeo/kit/task.ts';
import { isService, type SourceArticle } from './articles.ts';
import type { SourceDocument } from './read-documents.ts';

/** Names the system that original numbers come from; together with the number unique in the company. */
export const SOURCE = 'online-retail';
/** Original number of the customer who is nobody in particular. */
export const CASH_CUSTOMER = 'CASH';

const PAGE = 500;

interface Page<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly totalCount?: number;
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Customers and articles by their original numbers, and what of a file is there already; asked in pages, made in bulk. */
export class MasterData {
  readonly #run: TaskRun;
  readonly #customers = new Map<string, string>();
  readonly #articles = new Map<string, string>();

  constructor(run: TaskRun) {
    this.#run = run;
  }

  customerId(number: string): string {
    return required(this.#customers, number);
  }

  articleId(sku: string): string {
    return required(this.#articles, sku);
  }

  /** Original numbers of the documents that were imported before. */
  async knownDocuments(documents: readonly SourceDocument[]): Promise<ReadonlySet<string>> {
    const numbersOf = (...kinds: string[]) =>
      documents.filter(({ kind }) => kinds.includes(kind)).map(({ number }) => number);
    const invoices = await this.#known(
      `query ($values: [String!]!, $after: String) { salesInvoices(first: 500, after: $after, filter: { externalSource: { eq: "${SOURCE}" }, externalNumber: { in: $values } }) { edges { node { externalNumber } } pageInfo { hasNextPage endCursor } } }`,
      'externalNumber',
      numbersOf('INVOICE', 'CREDIT_NOTE'),
      `{ salesInvoices(first: 1, filter: { externalSource: { eq: "${SOURCE}" } }) { totalCount } }`,
    );
    const adjustments = await this.knownMovements(numbersOf('ADJUSTMENT'));
    const entries = await this.#known(
      'query ($values: [String!]!, $after: String) { journalEntries(first: 500, after: $after, filter: { reference: { in: $values } }) { edges { node { reference } } pageInfo { hasNextPage endCursor } } }',
      'reference',
      numbersOf('JOURNAL'),
    );
    // Corrections of nothing but services leave no trace of their own; they came in with the rest of the file.
    const traceless =
      invoices.size > 0
        ? documents.filter(({ kind, lines }) => kind === 'ADJUSTMENT' && lines.every((line) => isService(line.sku)))
        : [];
    return new Set([...invoices, ...adjustments, ...entries, ...traceless.map(({ number }) => number)]);
  }

  /** Original numbers of stock movements that were entered before. */
  knownMovements(numbers: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#known(
      'query ($values: [String!]!, $after: String) { stockMovements(first: 500, after: $after, filter: { externalNumber: { in: $values } }) { edges { node { externalNumber } } pageInfo { hasNextPage endCursor } } }',
      'externalNumber',
      numbers,
      '{ stockMovements(first: 1) { totalCount } }',
    );
  }

  /** Values of a list that exist. `anyQuery` saves the asking in an empty list. */
  async #known(
    query: string,
    field: string,
    values: readonly string[],
    anyQuery?: string,
  ): Promise<ReadonlySet<string>> {
    if (anyQuery) {
      const [page] = Object.values(await this.#run.graph<Record<string, Page<never>>>(anyQuery, {}));
      if (page?.totalCount === 0) return new Set();
    }
    const known = new Set<string>();
    for (const some of inPieces(values)) {
      // One number can stand on several entries, so there may be more than one page.
      let after: string | null = null;
      do {
        const [page]: Page<Record<string, string>>[] = Object.values(
          await this.#run.graph<Record<string, Page<Record<string, string>>>>(query, { values: some, after }),
        );
        for (const { node } of page?.edges ?? []) known.add(node[field] ?? '');
        after = page?.pageInfo?.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
      } while (after);
    }
    return known;
  }

  /** Finds or creates the customers of documents. A customer's country is that of the first document; each document keeps its own. */
  async ensureCustomers(documents: readonly SourceDocument[]): Promise<void> {
    const countries = new Map<string, string>([[CASH_CUSTOMER, 'DE']]);
    for (const { customer, country } of documents)
      if (customer && !countries.has(customer)) countries.set(customer, country);
    await this.#ensure(
      this.#customers,
      [...countries.keys()],
      `query ($values: [String!]!) { businessPartners(first: 500, filter: { externalSource: { eq: "${SOURCE}" }, externalNumber: { in: $values } }) { edges { node { id key: externalNumber } } } }`,
      'mutation ($input: CreateBusinessPartnersInput!) { createBusinessPartners(input: $input) { businessPartners { id key: externalNumber } errors { message } } }',
      (number) => ({
        name: number === CASH_CUSTOMER ? 'Barverkauf' : `Kunde ${number}`,
        kinds: ['CUSTOMER'],
        country: countries.get(number),
        number: number === CASH_CUSTOMER ? '10000' : number,
        paymentTermDays: 30,
        externalSource: SOURCE,
        externalNumber: number,
      }),
    );
  }

  async ensureArticles(articles: readonly SourceArticle[]): Promise<void> {
    const bySku = new Map(articles.map((article) => [article.sku, article]));
    await this.#ensure(
      this.#articles,
      [...bySku.keys()],
      'query ($values: [String!]!) { articles(first: 500, filter: { sku: { in: $values } }) { edges { node { id key: sku } } } }',
      'mutation ($input: CreateArticlesInput!) { createArticles(input: $input) { articles { id key: sku } errors { message } } }',
      (sku) => ({ ...bySku.get(sku), externalSource: SOURCE, externalNumber: sku }),
    );
  }

  async #ensure(
    found: Map<string, string>,
    keys: readonly string[],
    query: string,
    mutation: string,
    itemOf: (key: string) => object,
  ): Promise<void> {
    interface Keyed {
      readonly id: string;
      readonly key: string;
    }
    for (const some of inPieces(keys)) {
      const [page] = Object.values(await this.#run.graph<Record<string, Page<Keyed>>>(query, { values: some }));
      for (const { node } of page?.edges ?? []) found.set(node.key, node.id);
    }
    for (const some of inPieces(keys.filter((key) => !found.has(key)))) {
      const [payload] = Object.values(
        await this.#run.graph<Record<string, Record<string, unknown>>>(mutation, {
          input: { items: some.map(itemOf) },
        }),
      );
      const { errors, ...created } = payload as { errors: { message: string }[] } & Record<string, Keyed[]>;
      if (errors[0]) throw new Error(errors[0].message);
      for (const node of Object.values(created)[0] ?? []) found.set(node.key, node.id);
    }
  }
}

function* inPieces(values: readonly string[]): Generator<string[]> {
  for (let start = 0; start < values.length; start += PAGE) yield values.slice(start, start + PAGE);
}

function required(map: ReadonlyMap<string, string>, key: string): string {
  const value = map.get(key);
  if (value === undefined) throw new Error(`${key} is not known yet`);
  return value;
}
