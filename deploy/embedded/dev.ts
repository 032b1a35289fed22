import { spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { root } from './config.ts';
import { programs, startInstallation } from './start.ts';

/** `pnpm dev`: the installation with pages compiled when asked for, and servers that start again when their code changes. */

const QUIET_MS = 200;
const folders = ['packages', 'subgraphs', 'gateway', 'deploy'];
const ignored = /(^|\/)(node_modules|_generated|testing)\/|\.test\.ts$/;

// A fresh clone has no operations yet, and those of another branch are not this one's.
spawnSync(process.execPath, ['graphql/generate.ts'], { cwd: join(root, 'frontend'), stdio: 'inherit' });
const supervisor = await startInstallation({ ...programs, webBuild: null, development: true });
let timer: NodeJS.Timeout | undefined;
for (const folder of folders) {
  watch(join(root, folder), { recursive: true }, (_event, file) => {
    if (!file || ignored.test(file) || !/\.(ts|graphql)$/.test(file)) return;
    clearTimeout(timer);
    // An editor or a checkout writes many files at once.
    timer = setTimeout(() => void supervisor?.restartServers(), QUIET_MS);
  });
}
