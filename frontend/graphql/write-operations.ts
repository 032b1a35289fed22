import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';

type Texts = Readonly<Record<string, string>>;

const folder = join(import.meta.dirname, '../../schema');
/** How many operations of earlier builds are kept: what several deployments in which most screens changed leave behind. */
const formerMax = 500;

/** Writes the list of operations for the gateway, and moves those that were in it before to the list of earlier builds. */
export function writeOperations(operations: Texts, schemaText: string): void {
  const file = join(folder, 'operations.json');
  const formerFile = join(folder, 'operations.former.json');
  write(formerFile, keepFormer(read(formerFile), read(file), operations, schemaText));
  write(file, operations);
}

/**
 * Operations of earlier builds that the gateway answers as well, so that a tab which was opened before a deployment goes on:
 * `former` ones, oldest first, and those of `before` that are not in `now` any more. One that no longer fits the schema could
 * not be answered, and goes.
 */
export function keepFormer(former: Texts, before: Texts, now: Texts, schemaText: string): Texts {
  const schema = buildSchema(schemaText, { assumeValidSDL: true });
  const kept = Object.entries({ ...former, ...before }).filter(
    ([id, text]) => !(id in now) && validate(schema, parse(text)).length === 0,
  );
  return Object.fromEntries(kept.slice(-formerMax));
}

const read = (file: string): Texts => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
const write = (file: string, texts: Texts): void => writeFileSync(file, `${JSON.stringify(texts, null, 2)}\n`);
