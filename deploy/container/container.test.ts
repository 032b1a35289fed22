import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Copy, DockerfileParser } from 'dockerfile-ast';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig, root } from '../embedded/config.ts';
import { domains } from '../embedded/domains.ts';
import { settings } from '../embedded/settings.ts';

interface Part {
  readonly command: readonly string[];
  readonly environment: Record<string, string>;
  readonly depends_on?: Record<string, object>;
  readonly ports?: readonly string[];
  readonly image: string;
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const image = DockerfileParser.parse(read('deploy/container/Dockerfile'));
const compose = parse(read('deploy/container/compose.yaml'), { merge: true }) as { services: Record<string, Part> };
const services = Object.entries(compose.services);
const parts = services.filter(([, { image: name }]) => name === 'valeo-neuroerp');
const example = read('deploy/container/.env.example');
const manifest = JSON.parse(read('package.json')) as {
  packageManager: string;
  devDependencies: Record<string, string>;
};

/** Ports that a part listens on in the image, by the environment that it sets. */
const environment = Object.fromEntries(
  image.getENVs().flatMap((env) => env.getProperties().map((one) => [one.getName(), one.getValue()])),
) as Record<string, string>;

test('the image has the Node and the pnpm that the project is made with', () => {
  const bases = image.getFROMs().map((from) => from.getImage());
  expect(new Set(bases)).toEqual(new Set([`node:${manifest.devDependencies.node}-bookworm-slim`]));
  expect(read('deploy/container/Dockerfile').match(/pnpm@[\d.]+/g)).toEqual([
    manifest.packageManager,
    manifest.packageManager,
  ]);
});

test('the image runs as nobody special, and what it copies comes from a stage that is there', () => {
  const last = image
    .getInstructions()
    .filter((one) => one.getKeyword() === 'USER')
    .at(-1);
  expect(last?.getArgumentsContent()).toBe('node');
  const stages = image.getFROMs().flatMap((from) => from.getBuildStage() ?? []);
  for (const copy of image.getCOPYs() as Copy[]) {
    const from = copy
      .getFlags()
      .find((flag) => flag.getName() === 'from')
      ?.getValue();
    if (from) expect(stages).toContain(from);
  }
});

test('the image sets settings, and listens where it is asked whether it is well', () => {
  const own = Object.keys(environment).filter(
    (name) => !['NODE_ENV', 'CI', 'HOME', 'NEXT_TELEMETRY_DISABLED'].includes(name),
  );
  expect(own.filter((name) => !(name in settings))).toEqual([]);
  const ports = [environment.PORT, environment.GATEWAY_PORT, environment.WORKER_PORT];
  const asked = /\[(\d+(?:, \d+)*)\]/.exec(image.getHEALTHCHECKs()[0]?.getArgumentsContent() ?? '')?.[1];
  expect(asked?.split(', ')).toEqual(ports);
  const exposed = image.getInstructions().find((one) => one.getKeyword() === 'EXPOSE');
  expect(exposed?.getArgumentsContent()?.split(' ')).toEqual(ports);
});

test('what only the build needs is not in the image', () => {
  const build = image.getInstructions().find((one) => one.getKeyword() === 'RUN');
  const steps = build?.getArgumentsContent()?.split('&&') ?? [];
  const at = (part: string) => steps.findIndex((step) => step.includes(part));
  expect(at('web-build.ts')).toBeGreaterThan(-1);
  expect(at('-name node_modules -prune -exec rm -rf')).toBeGreaterThan(at('web-build.ts'));
  expect(at('--prod')).toBeGreaterThan(at('-name node_modules -prune -exec rm -rf'));
});

test('what only tests and the compiler use is no dependency of what runs', () => {
  const manifests = globSync('{packages,subgraphs}/*/package.json', { cwd: root });
  for (const path of [
    ...manifests,
    ...['gateway', 'schema', 'frontend', 'deploy'].map((name) => `${name}/package.json`),
  ]) {
    const { dependencies } = JSON.parse(read(path)) as { dependencies: Record<string, string> };
    const idle = Object.keys(dependencies).filter((name) =>
      /^@types\/|^@testing-library\/|^@graphql-codegen\/|^(jsdom|fake-indexeddb|drizzle-kit|vitest)$/.test(name),
    );
    expect(idle, path).toEqual([]);
  }
});

test('tests are not in the image, and nothing that is there imports from them', () => {
  const ignored = read('.dockerignore').split('\n');
  for (const pattern of ['**/*.test.ts', '**/*.test.tsx', '**/testing']) expect(ignored).toContain(pattern);
  const sources = globSync('{packages,subgraphs,gateway,schema,frontend,deploy}/**/*.{ts,tsx,mjs}', {
    cwd: root,
    exclude: (name) =>
      /^(node_modules|testing|scenarios|_generated|\.next.*)$/.test(basename(name)) || /\.test\.tsx?$/.test(name),
  }).filter((path) => !path.startsWith('deploy/system/'));
  expect(sources.length).toBeGreaterThan(500);
  const importing = sources.filter((path) => /(?:from|import\()\s*'[^']*(?:\/|#)testing\//.test(read(path)));
  expect(importing).toEqual([]);
});

test('nothing that the build or a process reads is left out of the image', () => {
  const ignored = read('.dockerignore').split('\n');
  for (const folder of ['frontend', 'packages', 'gateway', 'subgraphs', 'schema', 'deploy', 'pnpm-lock.yaml'])
    expect(ignored).not.toContain(folder);
  expect(ignored).toContain('**/.env');
});

test.each(parts)(
  '%s runs a program that exists with settings that are read',
  (_name, { command, environment: env }) => {
    const [program = '', domain] = command;
    expect(existsSync(join(root, program))).toBe(true);
    if (program.endsWith('/subgraph.ts')) expect(domains.map(({ name }) => name)).toContain(domain);
    // Read by the web app alone.
    expect(Object.keys(env).filter((name) => !(name in settings))).toEqual([]);
  },
);

test('each subgraph runs, under the address that the gateway asks', () => {
  const gateway = compose.services.gateway as Part;
  const filled = Object.fromEntries(
    Object.entries({ ...environment, ...gateway.environment }).map(([name, value]) => [
      name,
      value.replace(/^\$\{.*$/, name.endsWith('_URL') ? (name === 'DATABASE_URL' ? 'postgres://x/y' : '') : ''),
    ]),
  );
  const { SUBGRAPH_URLS, GATEWAY_PORT } = loadConfig(filled);
  expect(SUBGRAPH_URLS).toEqual(
    Object.fromEntries(domains.map(({ name }) => [name, `http://${name}:${GATEWAY_PORT}/graphql`])),
  );
  for (const { name } of domains)
    expect(compose.services[name]?.command).toEqual(['deploy/services/subgraph.ts', name]);
  expect(compose.services.web?.environment.GATEWAY_URL).toBe(`http://gateway:${GATEWAY_PORT}`);
});

test('what waits for others waits for services that are there', () => {
  for (const [, { depends_on = {} }] of services)
    for (const name of Object.keys(depends_on)) expect(Object.keys(compose.services)).toContain(name);
});

test('every variable of the operator has its line in the example, which holds no secret', () => {
  const asked = new Set([...read('deploy/container/compose.yaml').matchAll(/\$\{(\w+)/g)].map((match) => match[1]));
  const offered = [...example.matchAll(/^(\w+)=/gm)].map((match) => match[1]);
  expect(new Set(offered)).toEqual(asked);
  expect(example).toMatch(/^VALEO_SECRET=$/m);
  expect(example).toMatch(/^POSTGRES_PASSWORD=$/m);
});
