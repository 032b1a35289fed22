import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Found, type Setting, type SettingName, settings } from './settings.ts';

/** A setting that is missing or not allowed: its message is all that whoever gave it needs. */
export class SettingError extends Error {}

export const variableOf = (name: string): string => `GATEWAY_${name.toUpperCase().replaceAll('-', '_')}`;

const all = Object.entries(settings) as [SettingName, Setting<unknown>][];

/**
 * Reads every setting from the command line and, where it is not given there, from the environment. Null when only help is wanted.
 * @throws SettingError with the setting, what was found and what is allowed.
 */
export function readSettings(args: string[], environment: NodeJS.ProcessEnv): Found | null {
  const flags = flagsOf(args);
  if (flags.help === true) return null;
  return Object.fromEntries(
    all.map(([name, setting]) => {
      const flag = flags[name];
      const given = flag === undefined ? environment[variableOf(name)] : String(flag);
      // An empty variable counts as unset.
      if (given === undefined || (flag === undefined && given === '')) return [name, setting.fallback];
      const value = setting.parse(given);
      if (value !== undefined) return [name, value];
      const place = flag === undefined ? variableOf(name) : `--${name}`;
      const found = setting.isSecret ? 'something else' : `"${given}"`;
      throw new SettingError(`${place}: found ${found}; allowed: ${setting.allowed}`);
    }),
  ) as Found;
}

function flagsOf(args: string[]): ReturnType<typeof parseArgs>['values'] {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean' } };
  for (const [name, { isList = false }] of all) options[name] = { type: 'string', multiple: isList };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new SettingError(error instanceof Error ? error.message : String(error));
  }
}

const columns = 24;

/** The text of `--help`. */
export function usage(): string {
  const lines = all.map(([name, { takes, about, fallback }]) => {
    const flag = `  --${name} ${takes}`;
    const start = flag.length < columns ? flag.padEnd(columns) : `${flag}\n${' '.repeat(columns)}`;
    return `${start}${about}${fallback === undefined ? '' : ` (${fallback})`}`;
  });
  return [
    'pnpm gateway --supergraph FILE [options]',
    'pnpm gateway --subgraph NAME=URL --subgraph NAME=URL ... [options]',
    'APOLLO_KEY=... APOLLO_GRAPH_REF=graph@variant pnpm gateway [options]',
    '',
    ...lines,
    `${'  --help'.padEnd(columns)}prints this and ends`,
    '',
    '  Each may stand in the environment instead: --cost-limit as GATEWAY_COST_LIMIT. What takes several takes them with commas',
    '  between them, or is given several times.',
    '  APOLLO_KEY and APOLLO_GRAPH_REF: usage is reported to Apollo Studio',
    '  OTEL_EXPORTER_OTLP_ENDPOINT: traces are sent to that collector',
  ].join('\n');
}
