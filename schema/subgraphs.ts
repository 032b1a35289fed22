import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type SubgraphDefinition, sdlOf } from '@valeo/kit/subgraph.ts';

export interface SubgraphSource {
  readonly name: string;
  readonly folder: string;
  /** Federation 2 SDL, everything that kit derives from lists and mutations included. */
  readonly sdl: string;
}

export const root: string = path.join(import.meta.dirname, '..');

/** Every domain of the house: a folder in `subgraphs/` whose `<domain>.subgraph.ts` exports its definition. */
export async function readSubgraphs(): Promise<SubgraphSource[]> {
  const files = globSync('subgraphs/*/*.subgraph.ts', { cwd: root }).sort();
  return Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(path.join(root, file)).href)) as Record<string, unknown>;
      const definition = Object.values(module).find(isDefinition);
      if (!definition) throw new Error(`${file} exports no subgraph definition`);
      return { name: definition.name, folder: definition.folder, sdl: sdlOf(definition) };
    }),
  );
}

function isDefinition(value: unknown): value is SubgraphDefinition {
  return (
    typeof value === 'object' &&
    value !== null &&
    'folder' in value &&
    typeof value.folder === 'string' &&
    existsSync(value.folder)
  );
}
