import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalSubgraph } from '@valeo/gateway/options.ts';
import { composeLocal } from '@valeo/gateway/plan/supergraph.ts';

/**
 * The supergraph of these subgraphs. Composing takes half a second of CPU, too much for a process that is to be back within two
 * after a crash, so the result is kept under the hash of what it was made from.
 */
export function composed(subgraphs: LocalSubgraph[], folder: string): string {
  const hash = createHash('sha256');
  for (const { name, sdl } of subgraphs) hash.update(`\0${name}\0${sdl}`);
  const file = join(folder, `supergraph-${hash.digest('hex').slice(0, 16)}.graphql`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const supergraph = composeLocal(subgraphs);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, supergraph);
  renameSync(`${file}.${process.pid}`, file);
  return supergraph;
}
