import { readFileSync } from 'node:fs';
import { callerFrom } from '../identity/claims.ts';
import { jwksFrom } from '../identity/jwks.ts';
import { parseManifest } from '../operations/manifest.ts';
import type { GatewayOptions, IdentityOptions, StudioOptions, SubgraphOptions } from '../options.ts';
import { SettingError } from './read.ts';
import type { Found, SettingName } from './settings.ts';

/** @throws SettingError where settings do not fit together, Error where a file that they name cannot be read. */
export async function optionsFrom(found: Found, studio: StudioOptions | undefined): Promise<GatewayOptions> {
  checkManifest(found.operations);
  if (found.persisted === 'require' && found.operations === undefined)
    throw new SettingError('--persisted: found "require"; it needs --operations, since nothing else would be allowed');
  const identity = await identityFrom(found);
  return {
    ...sourceOf(found, studio),
    ...(studio && { studio }),
    ...(identity && { identity }),
    subgraphs: subgraphsFrom(found),
    ...(found['cors-origins'] && { corsOrigins: found['cors-origins'] }),
    ...(found['trusted-proxies'] && { trustedProxies: found['trusted-proxies'] }),
    ...(found['forward-headers'] && { forwardHeaders: found['forward-headers'] }),
    ...(found['metrics-token'] !== undefined && { metricsToken: found['metrics-token'] }),
    stopNoticeMs: found['stop-notice'],
    port: found.port,
    host: found.host,
    cost: {
      operationLimit: found['cost-limit'] ?? null,
      ...(found['subgraph-cost-limit'] && { subgraphLimits: Object.fromEntries(found['subgraph-cost-limit']) }),
      listSize: found['list-size'],
      budgets: null,
    },
    ...(found['page-size'] !== undefined && { limits: { pageSize: found['page-size'] } }),
    mergesReads: found['merge-reads'] === 'on',
    operations: { ...(found.operations !== undefined && { file: found.operations }), mode: found.persisted },
    log: found.log,
  };
}

/** Where the supergraph comes from: exactly one place. */
function sourceOf(
  { supergraph, subgraph }: Found,
  studio: StudioOptions | undefined,
): Pick<GatewayOptions, 'supergraphFile' | 'compose' | 'uplink'> {
  if (supergraph !== undefined && subgraph) {
    throw new SettingError('--supergraph and --subgraph exclude each other');
  }
  if (supergraph !== undefined) {
    checkFile('supergraph', supergraph);
    return { supergraphFile: supergraph };
  }
  if (subgraph) return { compose: { subgraphs: Object.fromEntries(subgraph) } };
  if (studio) return { uplink: studio };
  throw new SettingError('--supergraph: missing');
}

/** What the settings say of each subgraph, by name. */
function subgraphsFrom(found: Found): Record<string, SubgraphOptions> {
  const out: Record<string, SubgraphOptions> = {};
  const add = (name: string, options: SubgraphOptions): void => {
    out[name] = { ...out[name], ...options };
  };
  for (const [name, url] of found['subgraph-url'] ?? []) add(name, { url });
  for (const [name, timeoutMs] of found['subgraph-timeout'] ?? []) add(name, { timeoutMs });
  for (const [name, subscriptionUrl] of found.subscriptions ?? []) add(name, { subscriptionUrl });
  return out;
}

/** Settings that say something about tokens, and nothing without the keys to verify them by. */
const ofTokens = ['issuer', 'audience', 'token-type', 'roles-claim'] as const satisfies SettingName[];

async function identityFrom(found: Found): Promise<IdentityOptions | null> {
  if (found.jwks === undefined) {
    const lonely = ofTokens.find((name) => found[name] !== undefined);
    if (lonely) throw new SettingError(`--${lonely}: found without --jwks`);
    return null;
  }
  const { issuer, audience } = found;
  // Keys of one issuer sign tokens for many services, and what is meant for another must not open this one.
  if (issuer === undefined) throw new SettingError('--issuer: missing; --jwks needs it');
  if (audience === undefined) throw new SettingError('--audience: missing; --jwks needs it');
  return {
    jwks: await keysFrom(found.jwks),
    issuer,
    audience,
    algorithms: found.algorithms,
    tokenType: found['token-type'] ?? null,
    callerOf: callerFrom({ scopes: found['scopes-claim'], roles: found['roles-claim'] }),
  };
}

/** An issuer may come up later than we do; a file that is not there never comes. */
async function keysFrom(place: URL | string): Promise<IdentityOptions['jwks']> {
  const jwks = jwksFrom(place);
  if (place instanceof URL) return jwks;
  try {
    await jwks();
  } catch (error) {
    throw cannotBeRead('jwks', place, error);
  }
  return jwks;
}

/** Once running, a broken manifest leaves the one before it in place; at the start there is none. */
function checkManifest(file: string | undefined): void {
  if (file !== undefined) checkFile('operations', file, parseManifest);
}

function checkFile(name: SettingName, file: string, check?: (text: string) => unknown): void {
  try {
    const text = readFileSync(file, 'utf8');
    check?.(text);
  } catch (error) {
    throw cannotBeRead(name, file, error);
  }
}

const cannotBeRead = (name: SettingName, file: string, error: unknown): Error =>
  new Error(`--${name}: ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
