import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** What the front serves for times without a connection. */
export interface OfflineFiles {
  /** The service worker as one plain script, the same for every build. */
  readonly script: string;
  /** Paths of everything the app may load, as JSON. */
  readonly list: string;
  /** Name of the build, which its answers carry: the worker notices a new one by it. */
  readonly build: string;
}

/** The service worker of a build of the web app, and the files it keeps. */
export function offlineFiles(buildFolder: string): OfflineFiles {
  const { outputFiles } = buildSync({
    entryPoints: [join(import.meta.dirname, '..', 'offline', 'worker.ts')],
    bundle: true,
    minify: true,
    write: false,
    // One file that imports and exports nothing: a plain script, without the wrapper of other formats.
    format: 'esm',
    target: 'es2022',
  });
  const files = [...filesBelow(join(buildFolder, 'static'), '/_next/static'), '/offline'];
  return { script: outputFiles[0]?.text ?? '', list: JSON.stringify(files), build: idOf(buildFolder) };
}

/** While developing there is no build; pages are compiled when they are asked for and nothing is fetched ahead. */
function idOf(buildFolder: string): string {
  const file = join(buildFolder, 'BUILD_ID');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'development';
}

function filesBelow(folder: string, path: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const own = `${path}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(join(folder, entry.name), own);
    return /\.(js|css|woff2)$/.test(entry.name) ? [own] : [];
  });
}
