import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from 'vitest';

const names = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
  'redis-server': ['redis-server'],
  promtool: ['promtool'],
};

export type Tool = keyof typeof names;

/**
 * Defines tests that need a program which the project does not bring along. Without it they are skipped and say so, except
 * on CI, where it has to be there: a test that never runs proves nothing.
 */
export function describeWith(tool: Tool, title: string, define: (path: string) => void): void {
  const path = findTool(tool);
  if (path) describe(title, () => define(path));
  else if (process.env.CI) {
    test(`${title}: ${tool} is installed`, () => {
      throw new Error(`${tool} is not installed; .ci/run installs it.`);
    });
  } else describe.skip(`${title} (skipped: ${tool} is not installed)`, () => define(tool));
}

/** Path of the program, if this machine has it. */
export function findTool(tool: Tool): string | undefined {
  const folders = process.env.PATH?.split(delimiter) ?? [];
  return folders.flatMap((folder) => names[tool].map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
