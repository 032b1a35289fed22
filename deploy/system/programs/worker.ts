import { spawn } from 'node:child_process';
import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';

// A process of its own that does not care about anybody: it must still be gone in the end.
const careless = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], {
  stdio: 'ignore',
});
console.log(`worker ${process.pid}`);
console.log(`careless ${careless.pid}`);
followSupervisor(async () => {}).ready();
