import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SubgraphDefinition } from '@valeo/kit/subgraph.ts';

const names = ['identity', 'platform', 'crm', 'inventory', 'purchasing', 'sales', 'finance'];

/** Every domain of this installation. */
export const domains: SubgraphDefinition[] = [];
for (const name of names) {
  const file = join(import.meta.dirname, '..', '..', 'subgraphs', name, `${name}.subgraph.ts`);
  if (!existsSync(file)) continue;
  try {
    domains.push((await import(file))[name]);
  } catch (error) {
    console.warn(`Domain ${name} left out: ${(error as Error).message}`);
  }
}
