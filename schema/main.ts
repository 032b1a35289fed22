import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { today } from '@valeo/kit/day.ts';
import { type GraphQLSchema, printSchema } from 'graphql';
import { type AcceptedChanges, unrecordedBreaks, unrecordedChanges } from './breaking.ts';
import { type ChangelogEntry, changelogPage, recordChanges } from './changelog.ts';
import { apiSchemaOf, compose } from './compose.ts';
import { publicVariant } from './public.ts';
import { reference } from './reference.ts';
import { scopesOf } from './scopes.ts';
import { readSubgraphs } from './subgraphs.ts';
import { writeTypes } from './types.ts';

process.env.APOLLO_TELEMETRY_DISABLED = '1';

const file = (name: string): string => path.join(import.meta.dirname, name);
const referenceFolder = path.join(import.meta.dirname, '..', 'docs', 'reference');
const read = (name: string): string | null => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : null);

/**
 * `pnpm schema` composes the subgraphs, writes the types of each, the schema files, the API reference and the changelog.
 * `pnpm schema --check` leaves the schema files alone and fails when the committed files are not what the subgraphs say, or when a
 * change breaks clients, now or in the changelog, and is not recorded in `accepted-changes.json`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const subgraphs = await readSubgraphs();
  // Types are never committed, so a check in a fresh clone makes them as well.
  for (const subgraph of subgraphs) await writeTypes(subgraph);
  const composed = compose(subgraphs);
  const committed = read('supergraph.graphql');
  const accepted = JSON.parse(read('accepted-changes.json') ?? '{}') as AcceptedChanges;
  const breaking = committed ? unrecordedChanges(apiSchemaOf(committed), composed.schema, accepted) : [];
  const earlier = unrecordedBreaks(readChangelog(), accepted);

  if (!values.check) {
    writeFileSync(file('supergraph.graphql'), composed.supergraph);
    writeFileSync(file('api.graphql'), composed.api);
    writeFileSync(file('public.graphql'), publicText(composed.supergraph));
    mkdirSync(referenceFolder, { recursive: true });
    for (const page of reference(publicVariant(composed.supergraph), scopesOf(composed.supergraph)))
      writeFileSync(path.join(referenceFolder, page.file), page.text);
    recordInChangelog(committed, composed.schema);
    console.log(`composed ${subgraphs.map(({ name }) => name).join(', ')}`);
    for (const change of [...breaking, ...earlier]) console.log(`breaks clients: ${change}`);
    return;
  }
  const stale = [
    ...(committed === composed.supergraph ? [] : ['schema/supergraph.graphql']),
    ...(read('api.graphql') === composed.api ? [] : ['schema/api.graphql']),
    ...(read('public.graphql') === publicText(composed.supergraph) ? [] : ['schema/public.graphql']),
  ];
  for (const name of stale) console.error(`${name} is not what the subgraphs say; run: pnpm schema`);
  const unrecorded = [...breaking, ...earlier];
  for (const change of unrecorded)
    console.error(`breaks clients and is not in schema/accepted-changes.json: ${change}`);
  if (stale.length + unrecorded.length > 0) process.exit(1);
}

const publicText = (supergraph: string): string => `${printSchema(publicVariant(supergraph))}\n`;

const readChangelog = (): ChangelogEntry[] => JSON.parse(read('changelog.json') ?? '[]');

function recordInChangelog(committed: string | null, schema: GraphQLSchema): void {
  const log = readChangelog();
  const next = committed ? recordChanges(log, apiSchemaOf(committed), schema, today()) : log;
  writeFileSync(file('changelog.json'), `${JSON.stringify(next, null, 2)}\n`);
  writeFileSync(path.join(referenceFolder, 'changelog.md'), changelogPage(next));
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
