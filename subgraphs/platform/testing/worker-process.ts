import { crm } from '@valeo/crm/crm.subgraph.ts';
import { finance } from '@valeo/finance/finance.subgraph.ts';
import { inventory } from '@valeo/inventory/inventory.subgraph.ts';
import { postgresPubSub } from '@valeo/kit/pubsub-postgres.ts';
import { Database } from '@valeo/kit/tenant-db.ts';
import { sales } from '@valeo/sales/sales.subgraph.ts';
import { platform } from '../platform.subgraph.ts';
import { startWorker } from '../worker/worker.ts';

/** A worker as a process of its own, to be killed: `worker-process.ts DATABASE_URL`. */

const url = process.argv[2] ?? '';
const worker = await startWorker({
  services: {
    database: new Database({ url, idleMaxMs: 15_000 }),
    pubsub: await postgresPubSub(url),
    installation: { secret: 'secret of the tests', publicUrl: 'http://localhost:3000' },
    committed: () => {},
  },
  definitions: [platform, crm, inventory, sales, finance],
  databaseUrl: url,
  outboxChannel: 'outbox_of_the_test',
});
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.send?.('ready');
