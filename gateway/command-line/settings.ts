import { readNetwork } from '../http/client-ip.ts';
import { mayForward } from '../http/forwarded.ts';
import { signatures } from '../identity/tokens.ts';

/** One setting of the gateway on its own: `--name` on the command line, else `GATEWAY_NAME` in the environment. */
export interface Setting<Value> {
  /** What follows the name; commas part several. */
  readonly takes: string;
  /** What it does, for `--help`. */
  readonly about: string;
  /** Completes the sentence "allowed: ...". */
  readonly allowed: string;
  /** Undefined for a text that is not allowed. */
  parse(text: string): Value | undefined;
  /** What holds when it is not given. */
  readonly fallback?: Value;
  /** Whether what was given is kept out of messages. */
  readonly isSecret?: boolean;
  /** Whether it may be given several times. */
  readonly isList?: boolean;
}

const text = (takes: string, about: string): Setting<string> => ({
  takes,
  about,
  allowed: 'a text that is not empty',
  parse: (found) => found || undefined,
});

const file = (about: string): Setting<string> => ({ ...text('FILE', about), allowed: 'a file' });

const wholeNumber = (about: string, max: number, min = 0): Setting<number> => ({
  takes: 'N',
  about,
  allowed: `${min} to ${max}`,
  parse: (found) => (/^\d+$/.test(found) && Number(found) >= min && Number(found) <= max ? Number(found) : undefined),
});

const oneOf = <const T extends string>(takes: string, about: string, values: readonly T[]): Setting<T> => ({
  takes,
  about,
  allowed: values.join(', '),
  parse: (found) => values.find((value) => value === found),
});

/** A list of which each part is allowed. */
const listOf = <T>(part: Setting<T>): Setting<T[]> & { readonly isList: true } => ({
  takes: part.takes,
  about: part.about,
  allowed: part.allowed,
  isList: true,
  parse(found) {
    const parts = found.split(',').map((one) => part.parse(one.trim()));
    return parts.includes(undefined) ? undefined : (parts as T[]);
  },
});

const byName = <T>(
  takes: string,
  about: string,
  allowed: string,
  read: (value: string) => T | undefined,
  names = /^\w[\w-]*$/,
) =>
  listOf<[name: string, value: T]>({
    takes: `NAME=${takes}`,
    about,
    allowed: `a name, = and ${allowed}`,
    parse(found) {
      const [name = '', value = ''] = found.split(/=(.*)/s);
      const known = names.test(name) ? read(value) : undefined;
      return known === undefined ? undefined : [name, known];
    },
  });

/** Of one subgraph, or of each under `*`. */
const bySubgraph: typeof byName = (takes, about, allowed, read) =>
  byName(takes, `${about}; * names each other one`, allowed, read, /^(\*|\w[\w-]*)$/);

function addressOf(text: string, ...schemes: string[]): URL | undefined {
  const address = URL.canParse(text) ? new URL(text) : null;
  return address && schemes.includes(address.protocol.slice(0, -1)) ? address : undefined;
}

const callTime = wholeNumber('', 600_000, 1);
const costs = wholeNumber('', Number.MAX_SAFE_INTEGER);

const given = <T>(setting: Setting<T>, fallback: NoInfer<T>): Setting<T> & { readonly fallback: T } => ({
  ...setting,
  fallback,
});

/** Every setting, in the order of `--help`. */
export const settings = {
  supergraph: file('a composed supergraph, read again when it changes'),
  subgraph: byName(
    'URL',
    'a running subgraph; the supergraph is composed from all of them, again when one changes',
    'an http address',
    (value) => addressOf(value, 'http', 'https') && value,
  ),
  'subgraph-url': byName(
    'URL',
    'another address of a subgraph than the supergraph gives',
    'an http address',
    (value) => addressOf(value, 'http', 'https') && value,
  ),
  'subgraph-timeout': bySubgraph(
    'MS',
    'milliseconds that one call into a subgraph may take, 15000 when not given',
    callTime.allowed,
    callTime.parse,
  ),
  subscriptions: bySubgraph(
    'HOW',
    'where subscriptions go: ws, http (events sent by the server, when not given), either with :/PATH, or an address',
    'ws, http, either with :/ and a path, or an address with ws, wss, http or https',
    (value) => {
      if (/^(ws|http)(:\/[^/]\S*)?$/.test(value)) return value.includes(':') ? value : `${value}:`;
      return addressOf(value, 'ws', 'wss', 'http', 'https') && value;
    },
  ),
  port: given(wholeNumber('port to listen on; 0 picks a free one', 65_535), 4000),
  host: given(text('ADDRESS', 'address to listen on'), '127.0.0.1'),
  'trusted-proxies': listOf({
    takes: 'NETWORK',
    about: 'proxies besides those of this machine that name the client in x-forwarded-for',
    allowed: 'addresses, and networks such as 10.0.0.0/8',
    parse: (found) => (readNetwork(found) ? found : undefined),
  }),
  'cors-origins': listOf({
    takes: 'ORIGIN',
    about: "pages that may ask from a browser, without cookies; Apollo Studio's explorer when not given",
    allowed: 'origins such as https://app.example',
    parse: (found) => (addressOf(found, 'http', 'https')?.origin === found ? found : undefined),
  }),
  'forward-headers': listOf({
    takes: 'NAME',
    about: 'headers of the client that subgraphs are given, such as authorization; none when not given',
    allowed:
      'names of headers but for cookie, those of a connection or a body, and those that the gateway itself or a proxy sets',
    parse: (found) => (mayForward(found.toLowerCase()) ? found.toLowerCase() : undefined),
  }),
  'stop-notice': given(
    wholeNumber('milliseconds in which a stopping gateway still takes connections, while /health/ready is 503', 60_000),
    0,
  ),
  policy: given(
    oneOf('open', 'who is not signed in may ask too; no budgets, no cost limit of its own', ['open']),
    'open',
  ),
  'cost-limit': wholeNumber('most an operation may cost', Number.MAX_SAFE_INTEGER),
  'subgraph-cost-limit': byName(
    'N',
    'most that the part of an operation which one subgraph answers may cost',
    costs.allowed,
    costs.parse,
  ),
  'page-size': wholeNumber('most entries that a slicing argument of @listSize may ask for', 2 ** 31 - 1, 1),
  'list-size': given(wholeNumber('entries assumed in a list that says nothing about its size', 1_000_000), 100),
  'merge-reads': given(
    oneOf('on|off', 'whether equal reads of one caller that are under way at the same time are made once', [
      'on',
      'off',
    ]),
    'off',
  ),
  operations: file('persisted operations'),
  persisted: given(
    oneOf('MODE', 'what happens with operations that are not in that file: off, log or require', [
      'off',
      'log',
      'require',
    ]),
    'off',
  ),
  jwks: {
    takes: 'URL|FILE',
    about: 'key set of the issuer of access tokens: turns identity on; read again as keys change',
    allowed: 'an http address or a file',
    parse: (found: string) => addressOf(found, 'http', 'https') ?? (/^\w+:\/\//.test(found) ? undefined : found),
  } satisfies Setting<URL | string>,
  issuer: text('TEXT', 'who must have issued a token (iss)'),
  audience: listOf(text('TEXT', 'whom a token must be meant for (aud); of several any one')),
  algorithms: given(listOf(oneOf('NAME', `signatures that count: ${signatures.join(', ')}`, signatures)), [
    'EdDSA',
    'ES256',
    'RS256',
  ]),
  'token-type': text('TYPE', 'type that a token must name (typ), such as at+jwt; any when not given'),
  'scopes-claim': given(text('CLAIM', 'claim with the scopes of @requiresScopes; a.b is claim b within a'), 'scope'),
  'roles-claim': text('CLAIM', 'claim with the policies of @policy, which are looked for among the scopes too'),
  'metrics-token': {
    takes: 'TEXT',
    about: 'other machines may read /metrics with Authorization: Bearer TEXT; without it only this one may',
    allowed: 'a text of at least 16 characters that nobody can guess',
    isSecret: true,
    parse: (found: string) => (found.length >= 16 ? found : undefined),
  } satisfies Setting<string>,
  log: given(
    oneOf('LEVEL', 'silent, error, warn, info or debug', ['silent', 'error', 'warn', 'info', 'debug']),
    'warn',
  ),
};

export type SettingName = keyof typeof settings;

/** What was found: fallbacks where nothing was given. */
export type Found = {
  [Name in SettingName]: NonNullable<ReturnType<(typeof settings)[Name]['parse']>> extends infer Value
    ? (typeof settings)[Name] extends { fallback: unknown }
      ? Value
      : Value | undefined
    : never;
};
