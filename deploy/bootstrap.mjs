// The way from a bare machine into the project: runs on Node 20 with nothing but npm, installs what the lockfile says and
// hands over to Node 24, which that install brings along. Everything after that is TypeScript.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, constants as osConstants } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whenNpmIsGone } from './bootstrap-parent.mjs';

const entries = {
  start: ['deploy/embedded/start.ts'],
  test: ['deploy/testing/run.ts'],
  'test:long': ['deploy/testing/run.ts', '--long'],
  bench: ['e2e/load/bench.ts'],
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const nodeBinary = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
const stampFile = join(root, 'node_modules', '.install-stamp');

const INSTALL_ATTEMPTS = 3;
const PROGRESS_MS = 10_000;

process.chdir(root);
const [verb = '', ...rest] = process.argv.slice(2);
const entry = entries[verb];
if (!entry) stop(`Unknown verb "${verb}": use one of ${Object.keys(entries).join(', ')}.`);
if (Number.parseInt(process.versions.node, 10) < 20) {
  stop(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
}
await install();
run(entry, rest);

function stop(message) {
  console.error(message);
  process.exit(1);
}

/** Installs unless the last install was for this very lockfile, these manifests and this kind of machine. */
async function install() {
  const stamp = installStamp();
  if (existsSync(nodeBinary) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(stampFile, { force: true });
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  console.log('Installing packages (the first time takes about a minute) ...');
  const ticker = setInterval(() => console.log(`Installing packages ... ${seconds()} s`), PROGRESS_MS);
  // The exact version comes from package.json, so that this line can never drift from what developers use.
  const pnpm = ['exec', '--yes', `--package=${manifest.packageManager}`, '--', 'pnpm'];
  const command = [...pnpm, 'install', '--frozen-lockfile', '--reporter=append-only'];
  for (let attempt = 1; ; attempt++) {
    const { code, output } = await quietly('npm', command);
    if (code === 0 && existsSync(nodeBinary)) break;
    if (attempt === INSTALL_ATTEMPTS || !/ETIMEDOUT|ECONN|EAI_AGAIN|ENOTFOUND|socket|network|fetch/i.test(output)) {
      clearInterval(ticker);
      stop(
        `${output.trimEnd()}\nThe packages could not be installed (npm ended with code ${code}); the lines above say why.`,
      );
    }
    console.log('The network failed, trying again ...');
  }
  clearInterval(ticker);
  writeFileSync(stampFile, stamp);
  console.log(`Packages installed in ${seconds()} s.`);
}

function installStamp() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests(root, 2)]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function manifests(folder, depth) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((item) => {
      const path = join(folder, item.name);
      if (item.name === 'package.json') return [relative(root, path)];
      const enter = item.isDirectory() && depth > 0 && item.name !== 'node_modules' && !item.name.startsWith('.');
      return enter ? manifests(path, depth - 1) : [];
    });
}

function quietly(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: installEnvironment(),
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: `${output}\n${error.message}` }));
    child.on('close', (code) => resolve({ code, output }));
    forwardSignals(child);
  });
}

/** The environment of the user, without what npm adds for its own scripts, and with a home that can be written to. */
function installEnvironment() {
  const env = { ...process.env, CI: 'true', NO_COLOR: '1' };
  for (const name of Object.keys(env)) {
    if (/^npm_(package|lifecycle|command|execpath|node_execpath)/.test(name)) delete env[name];
  }
  if (!writable(homedir())) {
    env.HOME = join(root, 'node_modules', '.home');
    delete env.npm_config_cache;
    mkdirSync(env.HOME, { recursive: true });
  }
  return env;
}

function writable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Hands over to Node 24. The channel tells it when this process is gone, even by a kill -9. */
function run(entry, args) {
  const env = { ...process.env, PATH: `${dirname(nodeBinary)}:${process.env.PATH}` };
  const child = spawn(nodeBinary, [...entry, ...args], {
    cwd: root,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  forwardSignals(child);
  whenNpmIsGone(() => child.kill('SIGTERM'));
  child.on('error', (error) => stop(`Node 24 did not start: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (osConstants.signals[signal] ?? 0)));
}

function forwardSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
}
