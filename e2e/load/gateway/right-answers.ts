import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { counts } from '@valeo/gateway/scenarios/right-answers/counts.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

const root = join(import.meta.dirname, '..', '..', '..');

/** Runs the comparison of random operations with plain execution, and tells how many there were. */
export function countRightAnswers(tell: Tell): void {
  const { worlds, operationsPerWorld } = counts(process.env.TEST_LONG !== undefined);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', 'gateway/scenarios/right-answers'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const all = worlds * operationsPerWorld;
  tell(
    `Random operations over ${worlds} random graphs that are answered as plain execution does`,
    status === 0 ? all : 0,
    '',
    `${all}`,
    status === 0,
  );
}

if (import.meta.main) countRightAnswers((...figure) => console.log(figure.join(' ')));
