import { hostileToys } from '@valeo/gateway/scenarios/hostile/toys.ts';
import { startToys } from '@valeo/gateway/scenarios/toys.ts';

/** A gateway for hostile requests, with every limit as it is delivered. */
const gateway = await startToys(hostileToys(), { planningTimeoutMs: 5_000, redactErrors: true });

/** Tells how much memory is held once what is garbage is gone, and what processor time this thread has used. */
process.on('message', (what) => {
  if (what === 'memory') globalThis.gc?.();
  const { user, system } = process.threadCpuUsage();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ heldMegabytes: (heapUsed + external) / 2 ** 20, threadMs: (user + system) / 1000 });
});
console.log(`ready ${JSON.stringify(gateway.url)}`);
process.on('disconnect', () => process.exit());
