import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { counts } from '@valeo/gateway/scenarios/right-answers/counts.ts';

type Tell = (name: string, value: number, unit: string, target?: string, reached?: boolean | null) => void;

interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: 'passed' | 'failed' | 'skipped' | string }[];
  }[];
}

const root = join(import.meta.dirname, '..', '..', '..');
const scenarios = join(root, 'gateway', 'scenarios');

/**
 * Runs the gateway's scenarios (a real gateway over toy subgraphs, one behaviour each) and tells how many tests of each passed, and over
 * how many random operations its answers were those of plain execution.
 */
export function countRightAnswers(tell: Tell): void {
  const report = runTests('gateway/scenarios');
  const byScenario = Map.groupBy(
    report.testResults,
    ({ name }) => relative(scenarios, dirname(name)).split('/')[0] ?? '',
  );
  for (const [scenario, files] of [...byScenario].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const tests = files.flatMap(({ assertionResults }) => assertionResults);
    const run = tests.filter(({ status }) => status === 'passed' || status === 'failed').length;
    const passed = tests.filter(({ status }) => status === 'passed').length;
    tell(`Scenario ${scenario}, tests passed`, passed, `of ${run}`, 'all', passed === run);
    if (scenario !== 'right-answers') continue;
    const { worlds, operationsPerWorld } = counts(process.env.TEST_LONG !== undefined);
    const all = worlds * operationsPerWorld;
    const isRight = passed === run;
    const name = `Random operations over ${worlds} random graphs that are answered as plain execution does`;
    tell(name, isRight ? all : 0, '', `${all}`, isRight);
  }
}

function runTests(path: string): TestReport {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'valeo-scenarios-'));
  const file = join(folder, 'report.json');
  try {
    spawnSync(process.execPath, [vitest, 'run', path, '--reporter=json', `--outputFile=${file}`], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return JSON.parse(readFileSync(file, 'utf8')) as TestReport;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) countRightAnswers((...figure) => console.log(figure.join(' ')));
