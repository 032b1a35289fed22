import type pg from 'pg';

/** What an answer was read from, so that who keeps it knows which changes concern it. */
export interface Reads {
  /**
   * As events name them: a type (`crm.Activity`), one record (`crm.Activity:<id>`), a table that is no list (`sales.invoice_line`),
   * or a whole domain (`crm`); with an `@` before what belongs to no company (`@identity.user`).
   */
  readonly from: readonly string[];
  /** Whether it depends on who asks, beyond company, rights and language. */
  readonly personal: boolean;
}

const NONE: ReadonlySet<string> = new Set();

/** Beyond so many records of a type, any change of the type concerns an answer. */
const RECORDS_MAX = 20;

/** Gathers what one call into a domain reads. More than was read may be in it, never less. */
export class ReadLog {
  readonly #domain: string;
  /** Texts of statements, with the tables that their reader has answered for himself. */
  readonly #statements = new Map<string, ReadonlySet<string>>();
  readonly #types = new Set<string>();
  readonly #records = new Map<string, Set<string>>();
  #personal = false;
  #isKnown = true;

  constructor(domain: string) {
    this.#domain = domain;
  }

  /** A statement was run: what it reads is taken from its text, but for the tables that its reader has told of. */
  statement(text: string, except: ReadonlySet<string> = NONE): void {
    this.#statements.set(text, except);
  }

  /** Any record of a type was read. */
  type(type: string): void {
    this.#types.add(type);
  }

  /** These records of a type were read, and no others. */
  records(type: string, ids: readonly string[]): void {
    let records = this.#records.get(type);
    if (!records) this.#records.set(type, (records = new Set()));
    for (const id of ids) records.add(id);
    if (records.size > RECORDS_MAX) this.#types.add(type);
  }

  /** The answer depends on who asks. */
  reader(): void {
    this.#personal = true;
  }

  /** Something was done that may have read anything. */
  unknown(): void {
    this.#isKnown = false;
  }

  /** Null when it cannot be known. */
  result(catalog: Catalog): Reads | null {
    if (!this.#isKnown) return null;
    const from = new Set(this.#types);
    let personal = this.#personal;
    for (const [text, except] of this.#statements) {
      const { names, reader } = mentionedIn(text);
      personal ||= reader;
      for (const name of names) {
        if (except.has(name)) continue;
        const source = catalog.sourceOf(name, this.#domain);
        if (source === null) return null;
        for (const one of source.from) from.add(one);
        personal ||= source.personal;
      }
    }
    for (const [type, ids] of this.#records) if (!from.has(type)) for (const id of ids) from.add(`${type}:${id}`);
    // What was answered without the database may have come from anywhere in the domain.
    if (from.size === 0) for (const one of catalog.whole(this.#domain)) from.add(one);
    return { from: [...from], personal };
  }
}

interface Mentioned {
  /** Everything that looks like `schema.name`. */
  readonly names: readonly string[];
  /** Whether it asks who the reader is. */
  readonly reader: boolean;
}

const STATEMENTS_MAX = 5_000;
const mentioned = new Map<string, Mentioned>();

/** Tables are never named without their schema: no role has one of ours on its path. */
function mentionedIn(text: string): Mentioned {
  let known = mentioned.get(text);
  if (!known) {
    const names = new Set<string>();
    for (const [, schema, name] of text.matchAll(/"?\b(\w+)"?\s*\.\s*"?(\w+)/g)) {
      names.add(`${schema}.${name}`.toLowerCase());
    }
    known = { names: [...names], reader: text.includes('app.user_id') };
    if (mentioned.size >= STATEMENTS_MAX) mentioned.clear();
    mentioned.set(text, known);
  }
  return known;
}

/** What may have been read where a name stands. */
interface Source {
  readonly from: readonly string[];
  /** Whether it may depend on who asks. */
  readonly personal: boolean;
}

const nothing: Source = { from: [], personal: false };

/** What the triggers of a database tell of. */
export class Catalog {
  readonly #tables: ReadonlyMap<string, string | null>;
  readonly #schemas: ReadonlySet<string>;

  constructor(tables: readonly { readonly name: string; readonly told: string | null }[]) {
    this.#tables = new Map(tables.map(({ name, told }) => [name, told]));
    this.#schemas = new Set(tables.map(({ name }) => name.slice(0, name.indexOf('.'))));
  }

  /** What may have been read where a statement says `schema.name`; null when its changes are told to nobody. */
  sourceOf(name: string, domain: string): Source | null {
    const told = this.#tables.get(name);
    if (told !== undefined) return told === null ? null : { from: [told], personal: false };
    const schema = name.slice(0, name.indexOf('.'));
    // A column of something that the statement itself has named.
    if (!this.#schemas.has(schema)) return nothing;
    if (name === 'kit.tenant') return nothing;
    // A function or a view: it may look at anything that its domain may, and at the reader.
    return schema === domain ? { from: this.whole(domain), personal: true } : null;
  }

  /** Every change of a domain, and of what it has that belongs to no company. */
  whole(domain: string): readonly string[] {
    return [domain, `@${domain}`];
  }
}

/**
 * Reads from the triggers themselves what each table's changes are told as. A table is told of only if every change that is possible
 * has its trigger; append-only ones know no change but inserts.
 */
export async function readCatalog(pool: Pick<pg.Pool, 'query'>): Promise<Catalog> {
  const { rows } = await pool.query<{ name: string; told: string | null }>(`
    WITH teller AS (
      SELECT t.tgrelid AS relation, t.tgtype, split_part(encode(t.tgargs, 'escape'), '\\000', 1) AS first,
             split_part(encode(t.tgargs, 'escape'), '\\000', 2) AS second, p.proname AS name
      FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE t.tgenabled <> 'D' AND p.pronamespace = 'kit'::regnamespace
    )
    SELECT n.nspname || '.' || c.relname AS name,
           CASE WHEN bool_or(tgtype & 4 > 0) AND bool_or(tgtype & 8 > 0) AND bool_or(tgtype & 16 > 0)
                THEN max(CASE t.name WHEN 'list_changed' THEN first
                                     WHEN 'table_changed' THEN first || '.' || second
                                     WHEN 'shared_table_changed' THEN '@' || first || '.' || second END) END AS told
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN teller t ON t.relation = c.oid
      AND (t.name IN ('list_changed', 'table_changed', 'shared_table_changed') OR t.name = 'refuse_change' AND t.tgtype & 32 = 0)
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND (n.nspname = 'kit' OR EXISTS (SELECT FROM pg_roles r WHERE r.rolname = 'valeo_' || n.nspname))
    GROUP BY 1`);
  return new Catalog(rows);
}
