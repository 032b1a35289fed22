import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './start-error.ts';

const RETRY_MS = 100;
// A process of the last run that is just going away frees its port within this time.
const PATIENCE_MS = 3_000;

/** Resolves when the port can be listened on; otherwise stops the start with the name of the setting that moves it. */
export async function requireFreePort(setting: string, port: number, host: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const code = await listenFailure(port, host);
    if (code === null) return;
    if (code !== 'EADDRINUSE' || Date.now() > deadline) throw new StartError(explain(code, setting, port, host));
    await sleep(RETRY_MS);
  }
}

function explain(code: string, setting: string, port: number, host: string): string {
  if (code === 'EADDRINUSE') {
    return `${setting} ${port} is taken on ${host} by another program: stop that program, or set ${setting} to a free port.`;
  }
  if (code === 'EACCES') {
    return `${setting} ${port} may not be opened by this user: set ${setting} to a port from 1024 up.`;
  }
  return `${setting} ${port} cannot be opened on ${host} (${code}): set HOST to an address of this machine and ${setting} to a free port.`;
}

function listenFailure(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'UNKNOWN'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
