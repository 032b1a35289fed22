import type { SubgraphDefinition } from '@valeo/kit/subgraph.ts';

/** Every domain of this installation. */
export const domains: SubgraphDefinition[] = [];
