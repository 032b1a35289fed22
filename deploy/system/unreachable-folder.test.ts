import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endLeftovers, processesOn } from '../embedded/postgres-leftovers.ts';
import { Installation, makePlace, type Place } from '../testing/installation.ts';

// Below a folder that only root may enter, the database, which never runs as root, cannot live.
describe.skipIf(process.getuid?.() !== 0)('started as root in a folder that the database user cannot reach', () => {
  let closed: string;
  let place: Place;
  let home: string;

  beforeEach(async () => {
    closed = mkdtempSync(join(tmpdir(), 'valeo-closed-')); // Made with mode 0700.
    place = await makePlace(closed);
    const hash = createHash('sha256').update(realpathSync(place.folder)).digest('hex').slice(0, 12);
    home = join('/var/lib/valeo-neuroerp', hash);
  });

  afterEach(async () => {
    await endLeftovers(join(home, 'postgres-18'));
    rmSync(home, { recursive: true, force: true });
    rmSync(closed, { recursive: true, force: true });
  });

  test('data and programs go below /var/lib, the start says so, and the next one finds them', async () => {
    for (let start = 1; start <= 2; start++) {
      const installation = new Installation(place.env);
      await installation.printed(
        new RegExp(`cannot reach ${place.folder}, so the database and its programs are in ${home}`),
      );
      await installation.printed(/^VALEO NeuroERP ready: /m);
      expect(statSync(join(home, 'postgres-18')).uid).not.toBe(0);
      expect(processesOn(join(home, 'postgres-18')).length).toBeGreaterThan(0);
      expect(existsSync(place.cluster)).toBe(false);
      process.kill(installation.pid, 'SIGTERM');
      expect(await installation.exit).toBe(0);
      expect(processesOn(join(home, 'postgres-18'))).toEqual([]);
    }
  });
});
