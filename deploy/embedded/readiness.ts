import type { Readiness } from '@valeo/gateway/options.ts';
import type { InstallationState } from '@valeo/kit/follow-supervisor.ts';
import type { Database } from '@valeo/kit/tenant-db.ts';

const PATIENCE_MS = 2_000;

/** Ready means: the database answers, and the demo data is complete where there is to be any. */
export async function readiness(database: Database, { demoData }: InstallationState): Promise<Readiness> {
  const up = await answers(database);
  return {
    ready: up && (demoData === 'complete' || demoData === 'off'),
    dependencies: { database: up ? 'up' : 'down', demoData },
  };
}

async function answers(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const asked = database.pool.query('select 1').then(
    () => true,
    () => false,
  );
  const up = await Promise.race([asked, late]);
  clearTimeout(timer);
  return up;
}
