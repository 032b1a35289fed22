import type { Readiness } from '@valeo/gateway/options.ts';
import type { InstallationState } from '@valeo/kit/follow-supervisor.ts';
import type { Database } from '@valeo/kit/tenant-db.ts';

/** Ready means: the database answers, and the demo data is complete where there is to be any. */
export async function readiness(database: Database, { demoData }: InstallationState): Promise<Readiness> {
  const up = await database.answers();
  return {
    ready: up && (demoData === 'complete' || demoData === 'off'),
    dependencies: { database: up ? 'up' : 'down', demoData },
  };
}
