import { join } from 'node:path';
import { startInstallation } from '../../embedded/start.ts';

// The real supervisor with small programs, so that a test can look at starting, crashing and stopping alone.
const here = (file: string): string => join(import.meta.dirname, file);
await startInstallation({
  server: here('server.ts'),
  worker: here('worker.ts'),
  web: here('web.ts'),
  webBuild: here('once.ts'),
  demoData: here('once.ts'),
});
