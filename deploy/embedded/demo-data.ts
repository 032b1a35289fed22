import { createDemoUsers } from '@valeo/identity/demo/create-demo-users.ts';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
import { loadConfig } from './config.ts';
import { openServices } from './services.ts';

/** Loads the demo companies and ends. Running it again, also after it was cut off, adds only what is missing. */

followSupervisor(async () => {});
const services = await openServices(loadConfig(process.env), 'server');
await createDemoUsers(services.database);
await services.close();
process.exit(0);
