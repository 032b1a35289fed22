import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './config.ts';

/** What the build of the web app reads, from the folder of the project. */
const read = [
  'frontend',
  'packages/money',
  'packages/kit/countries.ts',
  'packages/kit/eu.ts',
  'schema',
  'pnpm-lock.yaml',
];
/** The server around the pages runs as it is, but for what the build itself takes from it. */
const notRead =
  /^frontend\/(server\.ts$|server\/(?!finish-build\.ts$|.*\.graphql$)|testing\/|next-env\.d\.ts$|.*\.tsbuildinfo$)/;
const neverRead = /^(node_modules|_generated|\.next.*)$/;

/** Files that decide whether the web app has to be built again, always in the same order. */
export const webSources = (): string[] => read.flatMap((path) => filesBelow(join(root, path)));

function filesBelow(path: string): string[] {
  if (/\.(ts|yaml)$/.test(path)) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = join(path, entry.name);
      if (entry.isDirectory()) return neverRead.test(entry.name) ? [] : filesBelow(file);
      return notRead.test(relative(root, file)) || /\.test\.tsx?$/.test(entry.name) ? [] : [file];
    });
}
