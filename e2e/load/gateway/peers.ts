import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { demoServices } from './demo-graph.ts';
import { Measured } from './process.ts';

/** Gateways of others, which the comparison installs for itself, outside of this project. */
export interface OtherGateway {
  readonly name: string;
  /** Its folder below `peers/`, with a package.json of its own. */
  readonly folder: 'hive' | 'mercurius';
  args(supergraphFile: string, ports: Readonly<Record<string, number>>): string[];
}

/** Mercurius plans federation 1, so it is given the same subgraphs in that language. */
const services = (ports: Readonly<Record<string, number>>): string =>
  JSON.stringify(
    demoServices().map(({ name, sdl }) => ({
      name,
      url: `http://127.0.0.1:${ports[name]}/${name}`,
      schema: sdl,
      mandatory: true,
    })),
  );

export const hiveWithRustPlanner = 'Hive gateway with its planner in Rust';
export const mercuriusCompiled = 'Mercurius, compiled (JIT)';

export const otherGateways: readonly OtherGateway[] = [
  { name: 'Hive gateway', folder: 'hive', args: (file) => [file] },
  { name: hiveWithRustPlanner, folder: 'hive', args: (file) => [file, '--hive-router-runtime'] },
  { name: 'Mercurius', folder: 'mercurius', args: (_, ports) => [services(ports)] },
  { name: mercuriusCompiled, folder: 'mercurius', args: (_, ports) => [services(ports), '1'] },
];

const installMs = 600_000;
const startMs = 60_000;

/**
 * Installs and starts them. One that cannot be had is left out, and said to be: without the registry the others are still compared.
 * @param folder where they are installed; the caller removes it.
 */
export async function startOthers(
  folder: string,
  supergraphFile: string,
  ports: Readonly<Record<string, number>>,
  core: number,
): Promise<{ name: string; measured: Measured<string> }[]> {
  const installed = new Map<string, Promise<void>>();
  const started: { name: string; measured: Measured<string> }[] = [];
  for (const { name, folder: own, args } of otherGateways) {
    try {
      if (!installed.has(own)) installed.set(own, install(own, join(folder, own)));
      await installed.get(own);
      const file = join(folder, own, 'gateway.mjs');
      const measured = await Measured.start<string>(file, args(supergraphFile, ports), core, undefined, [], startMs);
      started.push({ name, measured });
    } catch (error) {
      leftOut(name, error instanceof Error ? error.message : String(error));
    }
  }
  return started;
}

export const leftOut = (name: string, why: string): void => console.log(`${name} is left out: ${why}`);

function install(own: string, into: string): Promise<void> {
  cpSync(join(import.meta.dirname, 'peers', own), into, { recursive: true });
  const quiet = [
    '--legacy-peer-deps',
    '--no-package-lock',
    '--no-fund',
    '--no-audit',
    '--fetch-retries',
    '1',
    '--loglevel',
    'error',
  ];
  const npm = spawn('npm', ['install', ...quiet], {
    cwd: into,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: installMs,
  });
  let said = '';
  npm.stderr.on('data', (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    npm.once('error', reject);
    npm.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`it cannot be installed from the registry\n${said.trim().slice(0, 500)}`)),
    );
  });
}
