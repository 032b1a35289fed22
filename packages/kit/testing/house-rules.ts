/** The rules of the house that can be read off the source text. Each carries samples that break it, so that a rule that checks nothing is noticed. */

export interface Source {
  /** From the root of the repository, with slashes: `subgraphs/sales/invoice/invoice.list.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface Rule {
  readonly name: string;
  /** What is wrong in this file, a sentence each; empty when all is well. */
  check(source: Source): string[];
  /** Files that break the rule. */
  readonly bad: readonly Source[];
}

export const DOMAINS = ['identity', 'crm', 'inventory', 'purchasing', 'sales', 'finance', 'platform'] as const;

/** What a domain offers to others inside their own transaction. */
const PORTS = /^@valeo\/(finance\/ledger\/[\w-]+|inventory\/stock\/stock)\.ts$/;
const MAX_LINES = 400;
/** Cases of one subject stay together longer. */
const MAX_LINES_OF_TESTS = 500;

const isTest = (path: string) => /\.test\.tsx?$|\/testing\//.test(path);
const isCode = (path: string) => /\.(ts|tsx|mjs)$/.test(path);
const isServer = (path: string) => /^(packages|subgraphs|gateway|schema|deploy)\//.test(path);
const domainOf = (path: string) => /^subgraphs\/([^/]+)\//.exec(path)?.[1];

/** The text without comments, so that a sentence about a banned call is not a banned call. Lines keep their numbers. */
function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

function matches(text: string, pattern: RegExp): { line: number; found: string }[] {
  const all = new RegExp(pattern.source, [...new Set([...pattern.flags, 'g'])].join(''));
  return [...text.matchAll(all)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    found: match[0].trim(),
  }));
}

const importsOf = (text: string): string[] =>
  [...withoutComments(text).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');

/** Bans a pattern in the files that `where` picks. */
function ban(
  name: string,
  pattern: RegExp,
  instead: string,
  where: (path: string) => boolean,
  bad: Source | readonly Source[],
  read: (text: string) => string = withoutComments,
): Rule {
  return {
    name,
    check: ({ path, text }) =>
      isCode(path) && where(path)
        ? matches(read(text), pattern).map(({ line, found }) => `line ${line}: ${found}: ${instead}`)
        : [],
    bad: [bad].flat(),
  };
}

/** What the web app shares with the servers besides money: none of it needs a server. */
const KIT_FOR_PAGES = new Set(['countries', 'eu', 'follow-supervisor'].map((name) => `@valeo/kit/${name}.ts`));

/** Which packages of the house a file may import. */
function mayImport(path: string, specifier: string): boolean {
  const [, target = ''] = /^@valeo\/([^/]+)/.exec(specifier) ?? [];
  const own = path.split('/')[path.startsWith('packages/') || path.startsWith('subgraphs/') ? 1 : 0] ?? '';
  if (target === own) return true;
  if (own === 'deploy' || own === 'e2e') return true;
  if (own === 'money' || own === 'redis') return false;
  if (own === 'gateway') return target === 'redis';
  if (own === 'kit') return target === 'money' || target === 'redis';
  if (own === 'schema') return target === 'kit' || target === 'gateway';
  if (own === 'frontend') return target === 'money' || KIT_FOR_PAGES.has(specifier);
  if (target === 'kit' || target === 'money') return true;
  if (isTest(path) && specifier === `@valeo/${target}/${target}.subgraph.ts`) return true;
  return domainOf(path) !== undefined && PORTS.test(specifier);
}

/** The folder that a relative import may not leave. */
function homeOf(path: string): string {
  const parts = path.split('/');
  return parts.slice(0, /^(packages|subgraphs)$/.test(parts[0] ?? '') ? 2 : 1).join('/');
}

function resolved(path: string, specifier: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const MONEY_NAME = /amount|price|\bnet\b|\btax\b|gross|debit|credit|balance|quantity/i;
/** Whole numbers by the form of their source: pieces in files of demo data and imports. */
const WHOLE: readonly string[] = ["Number(value('Quantity'))", 'Number(row.Quantity)', 'Number(line.quantity)'];

export const RULES: readonly Rule[] = [
  {
    name: 'a domain reaches another one only through its port; kit, money and gateway know no domain',
    check: ({ path, text }) => {
      if (!isCode(path)) return [];
      return importsOf(text).flatMap((specifier) => {
        if (specifier.startsWith('@valeo/') && !mayImport(path, specifier)) return [`imports ${specifier}`];
        if (specifier.startsWith('.') && !resolved(path, specifier).startsWith(homeOf(path)))
          return [`imports ${specifier}, which is outside its own package`];
        return [];
      });
    },
    bad: [
      { path: 'subgraphs/sales/order/order.ts', text: `import { x } from '@valeo/crm/partner/partner.queries.ts';` },
      { path: 'subgraphs/sales/order/order.ts', text: `import { x } from '@valeo/finance/journal/journal.list.ts';` },
      { path: 'subgraphs/sales/order/order.ts', text: `import { x } from '../../crm/partner/partner.tables.ts';` },
      { path: 'packages/kit/list.ts', text: `import type { Row } from '@valeo/sales/sales.schema.ts';` },
      { path: 'gateway/pipeline.ts', text: `import { Tx } from '@valeo/kit/tenant-db.ts';` },
      { path: 'frontend/lists/invoices.ts', text: `const { a } = await import('@valeo/kit/list.ts');` },
    ],
  },
  {
    name: 'a domain names no table of another one',
    check: ({ path, text }) => {
      const own = domainOf(path);
      if (!own || isTest(path) || !/\.(ts|sql)$/.test(path)) return [];
      const others = DOMAINS.filter((domain) => domain !== own).join('|');
      const statement = new RegExp(`\\b(from|join|into|update|delete from|table)\\s+"?(${others})"?\\."?[a-z_]+`, 'gi');
      return matches(withoutComments(text), statement).map(({ line, found }) => `line ${line}: ${found}`);
    },
    bad: [
      { path: 'subgraphs/sales/order/order.queries.ts', text: 'sql`SELECT name FROM crm.business_partner`' },
      { path: 'subgraphs/sales/migrations/0001.sql', text: 'UPDATE "finance"."journal_entry" SET text = 1' },
    ],
  },
  ban(
    'amounts are never floats',
    /\bparseFloat\b|\.toFixed\(/,
    'use @valeo/money',
    (path) => isServer(path) && !isTest(path) && !path.startsWith('deploy/'),
    { path: 'subgraphs/sales/x.ts', text: 'const net = parseFloat(row.net);' },
  ),
  {
    name: 'amounts do not become numbers',
    check: ({ path, text }) =>
      isCode(path) && isServer(path) && !isTest(path)
        ? matches(withoutComments(text), /\bNumber\((?:[^()]|\([^()]*\))*\)/)
            .filter(({ found }) => MONEY_NAME.test(found) && !WHOLE.includes(found))
            .map(({ line, found }) => `line ${line}: ${found}`)
        : [],
    bad: [{ path: 'subgraphs/sales/x.ts', text: 'const net = Number(line.unitPrice) * 2;' }],
  },
  ban(
    'rows of another table are read with select and a loader',
    /\bwith:\s*\{|\.query\.\w+\.find(Many|First)\(/,
    'relational queries turn nested decimals into floats',
    isServer,
    { path: 'subgraphs/sales/x.queries.ts', text: 'db.query.invoice.findMany({ with: { lines: true } })' },
  ),
  ban(
    'servers write to the log',
    /\bconsole\.\w+\(/,
    'use @valeo/kit/log.ts',
    (path) =>
      /^(packages|subgraphs|gateway)\//.test(path) &&
      !isTest(path) &&
      // Told on the terminal: the address of a gateway started by hand, and a stop that failed when nothing else is left.
      !['gateway/main.ts', 'packages/kit/follow-supervisor.ts'].includes(path),
    { path: 'subgraphs/sales/x.ts', text: 'console.log(order);' },
  ),
  ban(
    'settings are read once, at the start',
    /\bprocess\.env\b/,
    'take it from the configuration',
    (path) =>
      /^(packages|subgraphs|gateway)\//.test(path) &&
      !isTest(path) &&
      !/^(packages\/kit\/log|gateway\/main)\.ts$/.test(path),
    { path: 'subgraphs/sales/x.ts', text: 'const url = process.env.DATABASE_URL;' },
  ),
  ban(
    'today is the day in Germany',
    /\bnew Date\(\)\s*\.(?:toISOString\(\)\s*\.(?:slice|split|substring)|get(?:UTC)?(?:FullYear|Month|Date|Day))\b|\bcurrent_date\b|\bnow\(\)::date\b/i,
    'call today() of @valeo/kit/day.ts, or in the web app of #i18n/today.ts',
    () => true,
    [
      { path: 'subgraphs/sales/x.ts', text: 'const day = new Date().toISOString().slice(0, 10);' },
      { path: 'frontend/app/x.tsx', text: 'const year = new Date().getFullYear();' },
      { path: 'subgraphs/sales/x.queries.ts', text: 'tx.query(`SELECT id FROM sales.x WHERE due_on < current_date`)' },
    ],
  ),
  ban(
    'a plan for later is an issue, not a comment',
    /\b(TODO|FIXME|HACK)\b/,
    'do it or file it',
    () => true,
    { path: 'subgraphs/sales/x.ts', text: '// TODO: later' },
    (text) => text,
  ),
  ban(
    'resolvers are one line, without SQL',
    /=>\s*\{|\bsql`|\.query\(|\)\s*(?::\s*[^={}]+)?\{\s*\n\s*(?:const|let|return await|await|throw|for)\b/,
    'move it into *.queries.ts or a use case',
    (path) => path.endsWith('.resolvers.ts'),
    {
      path: 'subgraphs/sales/x.resolvers.ts',
      text: 'lines: async (row, _, ctx) => {\n  return ctx.read();\n},',
    },
  ),
  {
    name: 'no file is called index',
    check: ({ path }) => (/\/index\.(ts|tsx|js|mjs)$/.test(path) ? ['name it after its content'] : []),
    bad: [{ path: 'packages/kit/index.ts', text: '' }],
  },
  {
    name: `no file has more than ${MAX_LINES} lines`,
    check: ({ path, text }) => {
      const lines = text.split('\n').length - 1;
      // One sentence a line, and one file a language.
      const exempt = !/\.(ts|tsx|mjs|graphql)$/.test(path) || /^frontend\/i18n\/messages\./.test(path);
      return !exempt && lines > (isTest(path) ? MAX_LINES_OF_TESTS : MAX_LINES) ? [`${lines} lines`] : [];
    },
    bad: [{ path: 'gateway/long.ts', text: 'const a = 1;\n'.repeat(MAX_LINES + 1) }],
  },
];
