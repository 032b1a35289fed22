import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Figure {
  /** What was measured. Names that differ only in what stands behind the last comma become columns of one table. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  /** Whether the target is reached; null where there is none. */
  readonly reached: boolean | null;
}

/** The figures of one part of the bench and when they were taken. */
export interface Measured {
  readonly date: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
}

type Parts = Readonly<Record<string, Measured>>;

/** What a part is called in the report, and what has to be known to read its figures. */
export interface Chapter {
  readonly title: string;
  readonly note?: string;
}

const root = join(import.meta.dirname, '..', '..');
const resultsFile = join(root, 'bench-results.json');

/** Adds what was measured to `bench-results.json`, which is committed so that the figures of other parts stay, and writes `docs/benchmarks.md` from all. */
export function writeReport(chapters: Readonly<Record<string, Chapter>>, measured: Parts) {
  const parts = { ...readResults(), ...measured };
  const [cpu] = cpus();
  const machine = `${cpus().length} x ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, load generator included`;
  writeFileSync(resultsFile, `${JSON.stringify({ machine, parts }, null, 2)}\n`);
  const texts = Object.entries(chapters).flatMap(([part, chapter]) => {
    const result = parts[part];
    return result && result.figures.length > 0 ? [chapterText(chapter, result)] : [];
  });
  writeFileSync(
    join(root, 'docs', 'benchmarks.md'),
    `# Benchmarks

Written by \`npm run bench\`, which measures all of this, or by \`npm run bench -- PART ...\`, which renews some parts. Machine: ${machine}.
A figure in bold misses its target, which stands in the head of its column or beside it.

${texts.join('\n\n')}
`,
  );
}

function readResults(): Parts {
  if (!existsSync(resultsFile)) return {};
  return (JSON.parse(readFileSync(resultsFile, 'utf8')) as { parts?: Parts }).parts ?? {};
}

function chapterText({ title, note }: Chapter, { date, seconds, figures }: Measured): string {
  const rows = Map.groupBy(figures, ({ name }) => splitName(name)[0]);
  const wide = Map.groupBy(
    [...rows].filter(([, cells]) => cells.length > 1),
    ([, cells]) => cells.map(({ name }) => splitName(name)[1]).join('\0'),
  );
  const single = [...rows.values()].filter((cells) => cells.length === 1).flat();
  return [
    `## ${title}`,
    ...(note ? [note] : []),
    ...[...wide.values()].map(wideTable),
    ...(single.length > 0 ? [longTable(single)] : []),
    `Measured on ${date} in ${seconds} s.`,
  ].join('\n\n');
}

/** What a figure is of, and which of its measures it is: the part behind the last comma outside of brackets. */
export function splitName(name: string): [row: string, column: string] {
  const at = name.lastIndexOf(', ');
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 2)];
}

function wideTable(rows: readonly (readonly [string, readonly Figure[]])[]): string {
  const columns = rows[0]?.[1].map(({ name }) => splitName(name)[1]) ?? [];
  const heads = columns.map((column, at) => {
    const targets = new Set(rows.flatMap(([, cells]) => cells[at]?.target || []));
    return targets.size === 1 ? `${column} (${[...targets]})` : column;
  });
  const body = rows.map(([row, cells]) => `| ${row} | ${cells.map((cell) => text(cell)).join(' | ')} |`);
  return [`| what | ${heads.join(' | ')} |`, `|---|${columns.map(() => '---:|').join('')}`, ...body].join('\n');
}

function longTable(figures: readonly Figure[]): string {
  const body = figures.map((figure) => `| ${figure.name} | ${text(figure)} | ${figure.target} |`);
  return ['| what | figure | target |', '|---|---:|---|', ...body].join('\n');
}

function text({ value, unit, reached }: Figure): string {
  const said = `${value.toLocaleString('en')} ${unit}`.trim();
  return reached === false ? `**${said}**` : said;
}
