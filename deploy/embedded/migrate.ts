import { appPasswordOf, migrateAll } from '@valeo/kit/migrate.ts';
import { domains } from './domains.ts';

/** Brings the database to the state of this code; answers the URL that servers and workers connect with. */
export function migrateDatabase(ownerUrl: string, secret: string): Promise<string> {
  return migrateAll({ adminUrl: ownerUrl, appPassword: appPasswordOf(secret), definitions: domains });
}
