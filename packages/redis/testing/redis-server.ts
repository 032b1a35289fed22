import { execFileSync } from 'node:child_process';
import { describe } from 'vitest';

function isInstalled(): boolean {
  try {
    execFileSync('redis-server', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** Groups tests that start a Redis of their own. On CI a missing redis-server is a failure, elsewhere these tests are skipped. */
export const describeRedis = describe.skipIf(!process.env.CI && !isInstalled());
