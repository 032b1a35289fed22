import pg from 'pg';

/** What each demo company's owner is told when its data is complete, by the company's language. Both the loader and later starts go by it. */
export const DEMO_COMPLETE = { de: 'Die Demodaten sind vollständig geladen', en: 'The demo data is complete' } as const;

/** Whether nothing is left to load. Asking the database spares a start the process that would find nothing to do. */
export async function isDemoComplete(ownerUrl: string): Promise<boolean> {
  const titles = Object.values(DEMO_COMPLETE);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'valeo-start' });
  await client.connect();
  try {
    const { rows } = await client.query<{ title: string }>(
      'SELECT DISTINCT title FROM platform.notification WHERE title = ANY($1)',
      [titles],
    );
    return rows.length === titles.length;
  } finally {
    await client.end();
  }
}
