import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { fileState, followFile } from '../../sources/follow-file.ts';

test('a file is read anew when it changes, however soon after it was read, and when it goes and comes back', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'valeo-followed-'));
  const file = path.join(folder, 'supergraph.graphql');
  try {
    writeFileSync(file, 'one');
    const read = fileState(file);
    writeFileSync(file, 'the second');
    const changed = vi.fn();
    const stop = followFile(file, read, changed, 10);
    const calls = () => changed.mock.calls.length;
    await expect.poll(calls).toBe(1);
    await sleep(50);
    expect(calls()).toBe(1);
    rmSync(file);
    await expect.poll(calls).toBe(2);
    writeFileSync(file, 'the third one');
    await expect.poll(calls).toBe(3);
    stop();
    writeFileSync(file, 'seen by nobody any more');
    await sleep(50);
    expect(calls()).toBe(3);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
