import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/**
 * The secret that all processes of one installation share: the setting if there is one, else one that is made on first use
 * and kept in the data folder, readable for its owner only.
 */
export function installationSecret(dataFolder: string, setting: string | null): string {
  if (setting) return setting;
  const file = join(dataFolder, 'secret');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dataFolder, { recursive: true });
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(`${file}.unfinished`, `${secret}\n`, { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
  return secret;
}

/** The same for a process that others are there before: one that it made itself would be known to nobody else. */
export function knownSecret(dataFolder: string, setting: string | null): string {
  const file = join(dataFolder, 'secret');
  if (setting || existsSync(file)) return installationSecret(dataFolder, setting);
  throw new StartError(
    `VALEO_SECRET is not set and there is no ${file}, but allowed is only the one that all processes of the installation share, deploy/services/migrate.ts first.`,
  );
}
