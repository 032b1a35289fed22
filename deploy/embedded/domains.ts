import { crm } from '@valeo/crm/crm.subgraph.ts';
import { finance } from '@valeo/finance/finance.subgraph.ts';
import { identity } from '@valeo/identity/identity.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import type { SubgraphDefinition } from '@valeo/kit/subgraph.ts';
import { platform } from '@valeo/platform/platform.subgraph.ts';
import { purchasing } from '@valeo/purchasing/purchasing.subgraph.ts';
import { sales } from '@valeo/sales/sales.subgraph.ts';

/** Every domain of this installation. */
export const domains: readonly SubgraphDefinition[] = [identity, platform, crm, inventory, purchasing, sales, finance];
