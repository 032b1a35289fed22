import { readNetwork } from '@valeo/gateway/http/client-ip.ts';
import { readRedisUrl, redisUrlForms } from '@valeo/redis/url.ts';
import { z } from 'zod';

/** One setting: how it is read, and what an operator is told about it. */
export interface Setting<Value = unknown> {
  /** Parses the text of the environment variable. */
  readonly parse: z.ZodType<Value, unknown>;
  /** Text that stands for an unset variable; null means that there is none and the feature behind it is off. */
  readonly fallback: string | null;
  /** Completes the sentence "Allowed is ...". */
  readonly allowed: string;
  readonly about: string;
  /** Never printed: it carries a password or a key. */
  readonly secret?: boolean;
}

const whole = (min: number, max: number): z.ZodType<number, string> =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max));
const port = whole(1, 65_535);
const portAllowed = 'a whole number from 1 to 65535';
const url = (...schemes: string[]): z.ZodType<string, string> =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)));
/** `name=value,name=value` */
const byName = <Value>(value: z.ZodType<Value, string>) =>
  z
    .string()
    .transform((text) => Object.fromEntries(text.split(',').map((part) => part.trim().split(/=(.*)/s).slice(0, 2))))
    .pipe(z.record(z.string().regex(/^\w[\w-]*$/), value));
const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');

function define<Value>(setting: Setting<Value> & { fallback: string }): Setting<Value>;
function define<Value>(setting: Setting<Value> & { fallback: null }): Setting<Value | null>;
function define<Value>(setting: Setting<Value>): Setting<Value | null> {
  return setting;
}

const count = (fallback: number, about: string, max = 1_000_000_000): Setting<number> =>
  define({ parse: whole(1, max), fallback: String(fallback), allowed: `a whole number from 1 to ${max}`, about });

/** Every setting of the installation, in the order of the operators' guide. */
export const settings = {
  HOST: define({
    parse: z.string().regex(/^[A-Za-z0-9.:_-]+$/),
    fallback: '127.0.0.1',
    allowed: 'an IP address or host name of this machine, without scheme and port',
    about: 'Address that the web app and the graph listen on. `0.0.0.0` opens them to the network.',
  }),
  PORT: define({ parse: port, fallback: '3000', allowed: portAllowed, about: 'Port of the web app.' }),
  GATEWAY_PORT: define({ parse: port, fallback: '4000', allowed: portAllowed, about: 'Port of the graph.' }),
  POSTGRES_PORT: define({
    parse: port,
    fallback: '54329',
    allowed: portAllowed,
    about: 'Port of the embedded PostgreSQL, which listens on 127.0.0.1 only. Unused with `DATABASE_URL`.',
  }),
  WORKER_PORT: define({
    parse: port,
    fallback: null,
    allowed: portAllowed,
    about:
      'Port on which the worker answers `/health/live`, `/health/ready` and `/metrics`. Without it it listens nowhere.',
  }),
  PUBLIC_URL: define({
    parse: url('http', 'https').transform((text) => new URL(text).origin),
    fallback: null,
    allowed: 'an address that begins with http:// or https://',
    about:
      'Address under which users reach the web app, used in mails and for cookies, which are `Secure` when it is https. Default: `http://localhost:<PORT>`.',
  }),
  VALEO_DATA_DIR: define({
    parse: z.string(),
    fallback: '.data',
    allowed: 'a folder that this user can write to',
    about:
      'Folder of the embedded database, uploaded files included, and of the secret. A relative path counts from the folder of the project.',
  }),
  VALEO_SECRET: define({
    parse: z.string().min(32),
    fallback: null,
    allowed: 'a text of at least 32 characters that nobody can guess',
    about:
      'Secret that the processes of one installation share, from which passwords and signatures between them are made. Default: made on the first start and kept in the data folder.',
    secret: true,
  }),
  DATABASE_URL: define({
    parse: url('postgres', 'postgresql'),
    fallback: null,
    allowed: 'an address that begins with postgres://',
    about: 'A PostgreSQL 15 or newer to use instead of the embedded one, as a user that may create schemas and roles.',
    secret: true,
  }),
  DATABASE_REPLICA_URLS: define({
    parse: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .pipe(z.array(url('postgres', 'postgresql'))),
    fallback: null,
    allowed: 'addresses that begin with postgres://, separated by commas',
    about:
      'Read replicas of `DATABASE_URL`, whose user and password count there as well. What is only read goes to them in turns as long as they are as far as the database.',
    secret: true,
  }),
  REDIS_URL: define({
    parse: z.string().refine((text) => readRedisUrl(text) !== null),
    fallback: null,
    allowed: redisUrlForms,
    about:
      'Redis for events, cache and rate limits across several machines. Without it PostgreSQL carries the events and each process has its own cache.',
    secret: true,
  }),
  CACHE: define({
    parse: onOff,
    fallback: 'on',
    allowed: 'on or off',
    about:
      'Keeps what the domains answered until something in it changes, in memory and, with `REDIS_URL`, in Redis for all gateways.',
  }),
  CACHE_BYTES: count(134_217_728, 'Memory of each gateway for what is kept, in bytes.', 68_719_476_736),
  DEMO_DATA: define({
    parse: onOff,
    fallback: null,
    allowed: 'on or off',
    about:
      'Loads the demo companies and their users on the first start. Default: on with the embedded PostgreSQL, off with `DATABASE_URL`.',
  }),
  DEMO_DATA_ON_NETWORK: define({
    parse: onOff,
    fallback: 'off',
    allowed: 'on or off',
    about:
      'The password of the demo users is public, so `DEMO_DATA=on` is refused when `HOST` can be reached from other machines, unless this is on.',
  }),
  SMTP_URL: define({
    parse: url('smtp', 'smtps'),
    fallback: null,
    allowed: 'an address that begins with smtp:// or smtps://',
    about:
      'Server that mails (invitations, new passwords) are sent through. Without it they are not sent but shown under `/mail` of the web app, to this machine only.',
    secret: true,
  }),
  MAIL_FROM: define({
    parse: z.string().regex(/^[^\r\n]*@[^\r\n]*$/),
    fallback: 'VALEO NeuroERP <erp@localhost>',
    allowed: 'a mail address, with or without a name before it',
    about: 'Sender of mails.',
  }),
  PERSISTED_OPERATIONS: define({
    parse: z.enum(['off', 'log', 'require']),
    fallback: 'off',
    allowed: 'off, log or require',
    about:
      'What happens to operations that are not on the list of persisted ones: `log` writes them to the log, `require` refuses them.',
  }),
  PERSISTED_OPERATIONS_DIR: define({
    parse: z.string(),
    fallback: null,
    allowed: 'a folder with files named <API client>.json',
    about:
      'Operations of API clients: each file is the list of one client, answered for it alone, and may say `"mode"` for that client. Changes are read without a restart.',
  }),
  SUBGRAPH_URLS: define({
    parse: byName(url('http', 'https')),
    fallback: null,
    allowed: 'names and addresses such as sales=http://sales:4001/graphql,crm=http://crm:4001/graphql',
    about:
      'Subgraphs that run as processes of their own, for `deploy/services/gateway.ts`. Without `SUPERGRAPH_FILE` the graph is composed from them and follows when they change.',
  }),
  GATEWAY_URL: define({
    parse: url('http', 'https'),
    fallback: null,
    allowed: 'an address that begins with http:// or https://',
    about:
      'Where a web app that runs as a process of its own finds the gateway. Default: `http://127.0.0.1:4000`. `npm start` connects its own two.',
  }),
  SUPERGRAPH_FILE: define({
    parse: z.string(),
    fallback: null,
    allowed: 'a file with a composed supergraph',
    about:
      'Supergraph for `deploy/services/gateway.ts`, read again when it changes, such as `schema/supergraph.graphql`.',
  }),
  STOP_NOTICE_MS: define({
    parse: whole(0, 5_000),
    fallback: '3000',
    allowed: 'a whole number from 0 to 5000',
    about:
      'Milliseconds in which a stopping `deploy/services/gateway.ts` still takes connections while `/health/ready` is 503, so that load balancers turn to others.',
  }),
  TRUSTED_PROXIES: define({
    parse: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .pipe(z.array(z.string().refine((text) => readNetwork(text) !== null))),
    fallback: null,
    allowed: 'addresses, and networks such as 10.0.0.0/8, separated by commas',
    about:
      'Proxies besides those of this machine, such as load balancers and web processes on others, that the graph believes when they say in `x-forwarded-for` whom they were asked by.',
  }),
  SLOW_OPERATION_MS: count(1_000, 'Milliseconds from which an operation is logged with its plan and its cost.'),
  LOG_LEVEL: define({
    parse: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
    fallback: 'warn',
    allowed: 'silent, error, warn, info or debug',
    about: 'Least severe entry that is written to the log, one JSON object a line.',
  }),
  COST_LIMIT: count(10_000, 'Highest cost of one operation.'),
  SUBGRAPH_COST_LIMITS: define({
    parse: byName(whole(1, 1_000_000_000)),
    fallback: null,
    allowed: 'names and costs such as finance=5000,sales=8000',
    about: 'Highest cost of the part of one operation that one subgraph answers, for the subgraphs named.',
  }),
  LIST_SIZE: count(100, 'Entries that a list counts for in the cost when nothing says how long it is.', 100_000),
  BUDGET_SIZE: count(500_000, 'Size of the cost budget of a signed-in user.'),
  BUDGET_REFILL: count(10_000, 'Cost a second that flows back into the budget of a signed-in user.'),
  ANONYMOUS_BUDGET_SIZE: count(100_000, 'Size of the cost budget of an address that is not signed in.'),
  ANONYMOUS_BUDGET_REFILL: count(
    1_000,
    'Cost a second that flows back into the budget of an address that is not signed in.',
  ),
  BODY_BYTES: count(100_000, 'Largest request body in bytes for callers that are not signed in.', 1_073_741_824),
  BODY_BYTES_SIGNED_IN: count(
    4_194_304,
    'Largest request body in bytes for signed-in callers; bulk mutations need it.',
    1_073_741_824,
  ),
  COMPANY_FILE_BYTES: count(
    21_474_836_480,
    'What one company may store in files, in bytes: attachments and uploads for imports.',
    1_099_511_627_776,
  ),
  DATABASE_CONNECTIONS: count(20, 'Most connections to the database that one process holds.', 1_000),
  SENTRY_DSN: define({
    parse: url('http', 'https'),
    fallback: null,
    allowed: 'an address that begins with https://',
    about:
      'Sentry project that faults of the web app are reported to, from the browser by way of this server and from the server itself, without personal data.',
  }),
  WEB_VITALS_PERCENT: define({
    parse: whole(0, 100),
    fallback: '100',
    allowed: 'a whole number from 0 to 100',
    about: 'Share of visits, in percent, whose browser tells how fast the page was. 0 measures nothing.',
  }),
  METRICS_TOKEN: define({
    parse: z.string().min(16),
    fallback: null,
    allowed: 'a text of at least 16 characters that nobody can guess',
    about:
      'With `Authorization: Bearer <token>` other machines may read `/metrics` of the web app, of the graph and of each subgraph; without a token only this machine may.',
    secret: true,
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: define({
    parse: url('http', 'https'),
    fallback: null,
    allowed: 'an address that begins with http:// or https://',
    about: 'Where traces are sent to (OTLP over HTTP).',
  }),
  APOLLO_KEY: define({
    parse: z.string().min(1),
    fallback: null,
    allowed: 'a graph API key of Apollo Studio',
    about: 'Key for schema and usage reports to Apollo Studio; needs `APOLLO_GRAPH_REF`.',
    secret: true,
  }),
  APOLLO_GRAPH_REF: define({
    parse: z.string().regex(/^[^@\s]+@[^@\s]+$/),
    fallback: null,
    allowed: 'a graph and its variant, such as my-graph@current',
    about: 'Graph and variant in Apollo Studio.',
  }),
};

/** The text of `docs/guides/settings.md`; `vitest -u` writes it there. */
export function settingsGuide(): string {
  const rows = Object.entries<Setting>(settings).map(
    ([name, { fallback, allowed, about }]) =>
      `| \`${name}\` | ${fallback === null ? '' : `\`${fallback}\``} | ${allowed} | ${about} |`,
  );
  return [
    '# Settings',
    '',
    'Every setting is an environment variable. All of them have a default, so `npm start` needs none. They are read once, at the',
    'start; a bad value stops the start with its name, what was found and what is allowed. An empty variable counts as unset.',
    '',
    '| setting | default | allowed | what it does |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
