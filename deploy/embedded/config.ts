import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import { type Setting, settings } from './settings.ts';
import { StartError } from './start-error.ts';

type Read = { [Name in keyof typeof settings]: (typeof settings)[Name] extends Setting<infer Value> ? Value : never };

/** Every setting under the name that operators know, read and checked; null means unset and without a default. */
export interface Config extends Omit<Read, 'PUBLIC_URL' | 'DEMO_DATA'> {
  readonly PUBLIC_URL: string;
  readonly DEMO_DATA: boolean;
}

/** Folder of the project. */
export const root = dirname(dirname(import.meta.dirname));

/** Reads all settings; throws one StartError that names every bad one, what was found and what is allowed. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const read = Object.fromEntries(
    Object.entries<Setting>(settings).map(([name, setting]) => [name, readOne(name, setting, env[name], faults)]),
  ) as Read;
  const config: Config = {
    ...read,
    VALEO_DATA_DIR: resolve(root, read.VALEO_DATA_DIR ?? ''),
    PUBLIC_URL: read.PUBLIC_URL ?? `http://${isLoopback(read.HOST ?? '') ? 'localhost' : read.HOST}:${read.PORT}`,
    DEMO_DATA: read.DEMO_DATA ?? read.DATABASE_URL === null,
  };
  if (faults.length === 0) faults.push(...contradictions(config));
  if (faults.length > 0) throw new StartError(faults.join('\n'));
  return config;
}

function readOne(name: string, setting: Setting, found: string | undefined, faults: string[]): unknown {
  const text = found === undefined || found === '' ? setting.fallback : found;
  if (text === null) return null;
  const result = setting.parse.safeParse(text);
  if (result.success) return result.data;
  const shown = setting.secret ? 'something else' : JSON.stringify(found);
  faults.push(`${name} is ${shown}, but allowed is ${setting.allowed}.`);
  return null;
}

function contradictions(config: Config): string[] {
  const ports = {
    PORT: config.PORT,
    GATEWAY_PORT: config.GATEWAY_PORT,
    POSTGRES_PORT: config.DATABASE_URL ? 0 : config.POSTGRES_PORT,
  };
  const faults: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    const twin = Object.entries(ports).find(([other, value]) => other !== name && value === port);
    if (twin && name < twin[0])
      faults.push(`${name} and ${twin[0]} are both ${port}, but allowed are different ports.`);
  }
  if (config.DEMO_DATA && !isLoopback(config.HOST) && !config.DEMO_DATA_ON_NETWORK) {
    faults.push(
      `DEMO_DATA is on while HOST is "${config.HOST}", but allowed is only an address that other machines cannot reach, because the demo password is public: set DEMO_DATA=off, or DEMO_DATA_ON_NETWORK=on if that is what you want.`,
    );
  }
  if ((config.APOLLO_KEY === null) !== (config.APOLLO_GRAPH_REF === null)) {
    faults.push('APOLLO_KEY and APOLLO_GRAPH_REF are not both set, but allowed is both or neither.');
  }
  return faults;
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
