import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { watchClientManifests } from './manifest.ts';

test('a folder that is not there is told once, and read when it comes', () => {
  vi.useFakeTimers();
  const parent = mkdtempSync(path.join(tmpdir(), 'valeo-manifests-'));
  const folder = path.join(parent, 'clients');
  const [changed, failed] = [vi.fn(), vi.fn()];
  const stop = watchClientManifests(folder, changed, failed);
  try {
    vi.advanceTimersByTime(20_000);
    expect(failed.mock.calls.map(([, file]) => file)).toEqual([folder]);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'shop.json'), JSON.stringify({ own: '{ ok }' }));
    vi.advanceTimersByTime(4_000);
    expect([...changed.mock.lastCall?.[0].keys()]).toEqual(['shop']);
    rmSync(folder, { recursive: true });
    vi.advanceTimersByTime(20_000);
    expect(failed).toHaveBeenCalledTimes(2);
  } finally {
    stop();
    vi.useRealTimers();
    rmSync(parent, { recursive: true });
  }
});
