import { hostileToys } from '@valeo/gateway/scenarios/hostile/toys.ts';
import { startToys } from '@valeo/gateway/scenarios/toys.ts';

/** A gateway for hostile requests, with every limit as it is delivered. */
const gateway = await startToys(hostileToys(), { planningTimeoutMs: 5_000, redactErrors: true });

/** How often the event loop is looked at. */
const everyMs = 5;

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Most processor time that this thread has used between two looks at its event loop: what a block costs, without waiting for a processor. */
let longestMs = 0;
let lookedAt = threadMs();
setInterval(() => {
  const now = threadMs();
  longestMs = Math.max(longestMs, now - lookedAt);
  lookedAt = now;
}, everyMs);

/** Tells how much memory is held once what is garbage is gone, what processor time this thread has used, and the longest block since it was last asked. */
process.on('message', (what) => {
  // Collecting garbage by force blocks as well, which no attack can do.
  if (what === 'memory') {
    globalThis.gc?.();
    lookedAt = threadMs();
  }
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ heldMegabytes: (heapUsed + external) / 2 ** 20, threadMs: threadMs(), longestMs });
  if (what === 'block') longestMs = 0;
});
console.log(`ready ${JSON.stringify(gateway.url)}`);
process.on('disconnect', () => process.exit());
