import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TaskRun } from '@valeo/kit/task.ts';
import { parse } from 'csv-parse/sync';

export type Row = Readonly<Record<string, string>>;

/** Records of a packed CSV file of the demo data; `NULL` is read as empty, `.50` as `0.50`. */
export function readTable(name: string): Row[] {
  const content = gunzipSync(readFileSync(join(import.meta.dirname, 'data', `${name}.csv.gz`)));
  const cast = (value: string) => (value === 'NULL' ? '' : value.replace(/^\.(?=\d+$)/, '0.'));
  return parse(content, { columns: true, bom: true, skip_empty_lines: true, cast }) as Row[];
}

interface Page {
  readonly edges: readonly { readonly node: { readonly id: string; readonly key: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface ItemError {
  readonly index: number | null;
  readonly path: string;
  readonly message: string;
}

const PAGE = 500;
const BULK = 1000;

/** Records that came from one source, found by their original numbers and made in bulk, so that a second run adds nothing. */
export class DemoData {
  readonly #run: TaskRun;
  readonly #source: string;

  constructor(run: TaskRun, source: string) {
    this.#run = run;
    this.#source = source;
  }

  /** Ids of all records of a list that came from the source, by original number. */
  stored(list: string, type: string): Promise<Map<string, string>> {
    return this.#all(list, type, { externalSource: { eq: this.#source } }, 'externalNumber');
  }

  /** Ids of the records whose field has one of the values. */
  async found(list: string, type: string, field: string, values: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const some of pieces(values, PAGE)) {
      for (const [key, id] of await this.#all(list, type, { [field]: { in: some } }, field)) found.set(key, id);
    }
    return found;
  }

  /**
   * Creates what is not in `known` yet by a bulk mutation, and adds the new ids to it. `items` are by original number; each
   * gets source and number unless the mutation has no such fields.
   */
  async ensure(
    mutation: string,
    list: string,
    known: Map<string, string>,
    items: ReadonlyMap<string, object>,
    more: object = {},
    size = BULK,
  ): Promise<void> {
    const missing = [...items].filter(([key]) => !known.has(key));
    for (const some of pieces(missing, size)) {
      const numbered = some.map(([key, item]) => ({ ...item, externalSource: this.#source, externalNumber: key }));
      const ids = await this.bulk(mutation, list, { items: numbered, ...more });
      some.forEach(([key], index) => known.set(key, ids[index] ?? ''));
    }
  }

  /** One bulk mutation; answers the ids of what it made. A fault of the demo data is a bug. */
  async bulk(mutation: string, list: string, input: object): Promise<string[]> {
    const type = mutation.charAt(0).toUpperCase() + mutation.slice(1);
    const data = await this.#run.graph<Record<string, Record<string, unknown>>>(
      `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { ${list} { id } errors { index path message } } }`,
      { input },
    );
    const payload = data[mutation] as { errors: ItemError[] } & Record<string, { id: string }[]>;
    const [error] = payload.errors;
    if (error) throw new Error(`${mutation} ${error.index} ${error.path}: ${error.message}`);
    return (payload[list] ?? []).map(({ id }) => id);
  }

  async #all(list: string, type: string, filter: object, key: string): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let after: string | null = null; ; ) {
      const data: Record<string, Page> = await this.#run.graph<Record<string, Page>>(
        `query ($filter: ${type}Filter, $after: String) { ${list}(first: ${PAGE}, after: $after, filter: $filter) {
           edges { node { id key: ${key} } } pageInfo { hasNextPage endCursor } } }`,
        { filter, after },
      );
      const page = data[list];
      for (const { node } of page?.edges ?? []) found.set(node.key, node.id);
      if (!page?.pageInfo.hasNextPage) return found;
      after = page.pageInfo.endCursor;
    }
  }
}

export function* pieces<T>(values: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < values.length; start += size) yield values.slice(start, start + size);
}

export function required(map: ReadonlyMap<string, string>, key: string): string {
  const value = map.get(key);
  if (value === undefined) throw new Error(`${key} is missing in the demo data`);
  return value;
}

/** `from`, so many days later. */
export const addDays = (from: string, days: number): string =>
  new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
