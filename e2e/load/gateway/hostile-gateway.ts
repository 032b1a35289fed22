import { hostileToys } from '@valeo/gateway/scenarios/hostile/toys.ts';
import { startToys } from '@valeo/gateway/scenarios/toys.ts';

/** A gateway for hostile requests, with every limit as it is delivered. */
const gateway = await startToys(hostileToys(), { planningTimeoutMs: 5_000, redactErrors: true });
console.log(`ready ${JSON.stringify(gateway.url)}`);
process.on('disconnect', () => process.exit());
