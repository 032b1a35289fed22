import { defineTask, type TaskRun } from '@valeo/kit/task.ts';
import { z } from 'zod';
import { articlesOf, isService } from './articles.ts';
import { saleTaxCode } from './countries.ts';
import { CASH_CUSTOMER, MasterData, SOURCE } from './master-data.ts';
import { batchesOfDays, openingStock } from './opening-stock.ts';
import { type Rejected, readDocuments, type SourceDocument } from './read-documents.ts';

const BATCH_DOCUMENTS = 800;
const BULK = 1000;
const REJECTED_SHOWN = 1000;

const CREATE_INVOICES = `mutation ($input: CreateSalesInvoicesInput!) { createSalesInvoices(input: $input) { errors { index path code message } } }`;
const ADJUST_STOCK = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { errors { index path code message } } }`;
const POST_ENTRIES = `mutation ($input: PostJournalEntriesInput!) { postJournalEntries(input: $input) { errors { index path code message } } }`;
const BAD_DEBT_ACCOUNT = `query { ledgerAccounts(first: 1, filter: { number: { in: ["2400", "6930"] }, name: { startsWith: "Forderungsverluste" } }) { edges { node { number } } } }`;

interface ItemError {
  readonly index: number | null;
  readonly path: string;
  readonly message: string;
}

/**
 * Imports a file of sales documents through the same bulk mutations that the API offers. What is there already, by its
 * original number, is skipped: that makes a second run, and the continuation after a crash, harmless.
 */
export const importSales = defineTask({
  kind: 'IMPORT_SALES',
  payload: z.object({ fileId: z.string() }),
  maxAttempts: 3,
  async run(run, { fileId }) {
    await run.progress(0, { de: 'Die Datei wird gelesen', en: 'Reading the file' });
    const { documents, rejected } = await readDocuments(run.openFile(fileId));
    const data = new MasterData(run);
    const known = await data.knownDocuments(documents);
    const fresh = documents.filter((document) => !known.has(document.number));
    const counts = { documents: documents.length, skipped: documents.length - fresh.length, added: 0 };
    if (!run.dryRun && fresh.length > 0) {
      await run.progress(0.05, { de: 'Kunden und Artikel werden angelegt', en: 'Creating customers and articles' });
      await data.ensureCustomers(fresh);
      await data.ensureArticles(articlesOf(documents));
      await receiveOpeningStock(run, data, documents);
      for (const batch of batchesOfDays(fresh, BATCH_DOCUMENTS)) {
        counts.added += await importBatch(run, data, batch, rejected);
        await run.progress(0.1 + 0.9 * (counts.added / fresh.length), {
          de: `${counts.added.toLocaleString('de')} von ${fresh.length.toLocaleString('de')} Belegen`,
          en: `${counts.added.toLocaleString('en')} of ${fresh.length.toLocaleString('en')} documents`,
        });
      }
    }
    await run.progress(1, {
      de: `${counts.added.toLocaleString('de')} Belege übernommen, ${counts.skipped.toLocaleString('de')} waren schon da`,
      en: `${counts.added.toLocaleString('en')} documents taken over, ${counts.skipped.toLocaleString('en')} were there already`,
    });
    const ordered = rejected.sort((a, b) => a.line - b.line);
    return { ...counts, rejectedCount: ordered.length, rejected: ordered.slice(0, REJECTED_SHOWN) };
  },
});

/** Received once, before the first movement; marked as derived, and without cost, since none is known. */
async function receiveOpeningStock(
  run: TaskRun,
  data: MasterData,
  documents: readonly SourceDocument[],
): Promise<void> {
  const opening = [...openingStock(documents)].filter(([, quantity]) => quantity > 0n);
  // Also without any known document: another file may have brought the article, or the work broke off just here.
  const stored = await data.knownMovements(opening.map(([sku]) => openingNumber(sku)));
  const movedOn = documents[0]?.date;
  const items = opening
    .filter(([sku]) => !stored.has(openingNumber(sku)))
    .map(([sku, quantity]) => ({
      articleId: data.articleId(sku),
      quantity: quantity.toString(),
      reason: 'Abgeleiteter Anfangsbestand',
      kind: 'OPENING',
      derived: true,
      movedOn,
      externalNumber: openingNumber(sku),
    }));
  for (let start = 0; start < items.length; start += BULK) {
    await strictly(run, ADJUST_STOCK, { items: items.slice(start, start + BULK) });
  }
}

const openingNumber = (sku: string) => `opening ${sku}`;

/** Enters one batch; answers how many documents are in. */
async function importBatch(
  run: TaskRun,
  data: MasterData,
  batch: readonly SourceDocument[],
  rejected: Rejected[],
): Promise<number> {
  const adjustments = batch.filter((document) => document.kind === 'ADJUSTMENT');
  const invoices = batch.filter((document) => document.kind === 'INVOICE' || document.kind === 'CREDIT_NOTE');
  const entries = batch.filter((document) => document.kind === 'JOURNAL');
  const done = [
    await enter(run, adjustmentsBy(data), adjustments, rejected),
    await enter(run, invoicesBy(data), invoices, rejected),
    entries.length > 0 ? await enter(run, await entriesBy(run, data), entries, rejected) : 0,
  ];
  return done.reduce((sum, count) => sum + count, 0);
}

/** How documents of one kind are entered. */
interface Way {
  readonly mutation: string;
  /** Field of the mutation's input that holds what is made of documents. */
  readonly field: 'items' | 'entries';
  readonly more?: object;
  itemsOf(document: SourceDocument): object[];
}

const adjustmentsBy = (data: MasterData): Way => ({
  mutation: ADJUST_STOCK,
  field: 'items',
  itemsOf: (document) =>
    document.lines
      .filter((line) => !isService(line.sku))
      .map((line) => ({
        articleId: data.articleId(line.sku),
        quantity: line.quantity,
        reason: line.description || 'ohne Angabe',
        movedOn: document.date,
        externalNumber: document.number,
      })),
});

const invoicesBy = (data: MasterData): Way => ({
  mutation: CREATE_INVOICES,
  field: 'items',
  more: { post: true },
  itemsOf: (document) => [invoiceInput(document, data)],
});

function invoiceInput(document: SourceDocument, data: MasterData) {
  const isCredit = document.kind === 'CREDIT_NOTE';
  const taxCode = saleTaxCode(document.country, document.date);
  return {
    kind: document.kind,
    customerId: data.customerId(document.customer ?? CASH_CUSTOMER),
    suppliedOn: document.date,
    issuedOn: document.date,
    country: document.country,
    externalSource: SOURCE,
    externalNumber: document.number,
    lines: document.lines.map((line) => ({
      articleId: data.articleId(line.sku),
      description: line.description || undefined,
      quantity: isCredit ? line.quantity.replace(/^-/, '') : line.quantity,
      unitPrice: line.unitPrice,
      taxCode,
    })),
  };
}

/** Bad debts: written off against the cash customer, or the other way round when the amount is positive. */
async function entriesBy(run: TaskRun, data: MasterData): Promise<Way> {
  const { ledgerAccounts } = await run.graph<{ ledgerAccounts: { edges: { node: { number: string } }[] } }>(
    BAD_DEBT_ACCOUNT,
    {},
  );
  const account = ledgerAccounts.edges[0]?.node.number ?? '2400';
  return {
    mutation: POST_ENTRIES,
    field: 'entries',
    itemsOf: (document) =>
      document.lines.map((line) => {
        const amount = line.unitPrice.replace(/^-/, '');
        const isClaim = !line.unitPrice.startsWith('-');
        const customer = { customerId: data.customerId(document.customer ?? CASH_CUSTOMER) };
        return {
          postedOn: document.date,
          text: line.description || document.number,
          reference: document.number,
          lines: [
            { ...customer, [isClaim ? 'debit' : 'credit']: amount },
            { account, [isClaim ? 'credit' : 'debit']: amount },
          ],
        };
      }),
  };
}

/** Enters documents, in as many bulk mutations as their items take: one day alone can have more than one holds. */
async function enter(
  run: TaskRun,
  way: Way,
  documents: readonly SourceDocument[],
  rejected: Rejected[],
): Promise<number> {
  let entered = 0;
  let some: SourceDocument[] = [];
  let items = 0;
  for (const document of documents) {
    const { length } = way.itemsOf(document);
    if (items + length > BULK) {
      entered += await enterAtOnce(run, way, some, rejected);
      some = [];
      items = 0;
    }
    some.push(document);
    items += length;
  }
  return entered + (await enterAtOnce(run, way, some, rejected));
}

/**
 * Enters documents in one bulk mutation. The mutation is all or nothing, so documents that it finds fault with are noted and
 * the others entered without them.
 */
async function enterAtOnce(
  run: TaskRun,
  { mutation, field, more, itemsOf }: Way,
  documents: readonly SourceDocument[],
  rejected: Rejected[],
): Promise<number> {
  let remaining = documents;
  while (remaining.length > 0) {
    const items = remaining.flatMap((document) => itemsOf(document).map((item) => ({ item, document })));
    const errors =
      items.length > 0 ? await bulk(run, mutation, { ...more, [field]: items.map(({ item }) => item) }) : [];
    const [first] = errors;
    if (!first) return remaining.length;
    if (first.index === null) throw new Error(first.message);
    const faulty = new Set(errors.map((error) => items[error.index ?? -1]?.document));
    for (const error of errors) {
      const document = items[error.index ?? -1]?.document;
      rejected.push({ line: document?.firstLine ?? 0, reason: `${document?.number}: ${error.path} ${error.message}` });
    }
    remaining = remaining.filter((document) => !faulty.has(document));
  }
  return 0;
}

async function bulk(run: TaskRun, mutation: string, input: object): Promise<readonly ItemError[]> {
  const data = await run.graph<Record<string, { errors: ItemError[] }>>(mutation, { input });
  return Object.values(data)[0]?.errors ?? [];
}

async function strictly(run: TaskRun, mutation: string, input: object): Promise<void> {
  const [first] = await bulk(run, mutation, input);
  if (first) throw new Error(`${first.path}: ${first.message}`);
}
