import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const program = `
  import { followSupervisor } from '@valeo/kit/follow-supervisor.ts';
  const following = followSupervisor(async () => console.log('in order', following.state.demoData));
  following.ready();
`;

test('PM2 hears that a program is ready, and its word ends the program in order', async () => {
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'channel.mjs'), '--input-type=module', '--eval', program],
    { cwd: dirname(import.meta.dirname), detached: true, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  );
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  expect((await once(child, 'message'))[0]).toBe('ready');
  child.send('shutdown');
  expect((await once(child, 'close'))[0]).toBe(0);
  expect(output).toBe('in order off\n');
});
