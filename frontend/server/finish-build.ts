import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/**
 * What remains to be done after `next build`: source maps go where nobody is served them, and every file that browsers keep for
 * good is compressed once, as hard as can be, instead of at each request.
 */

/** Folders beside `static` of a build. */
export const SOURCE_MAPS = 'source-maps';
export const COMPRESSED = 'compressed';

const COMPRESSIBLE = /\.(js|css|svg|json|txt)$/;
const MAP_COMMENT = /\n?\/[/*]# sourceMappingURL=(\S+?)(?: ?\*\/)?\s*$/;
const parallel = 4;

/** What a script says its debug id by, for browsers of all times: its first line, so that no place in a source map moves with it. */
const DEBUG_ID_LINE = /^.*_debugIds.*"([\da-f-]{36})".*\n/;
/** The same for browsers that the app runs in. 50 bytes less, compressed, in each of a dozen scripts that a first visit waits for. */
const shortDebugId = (text: string): string =>
  text.replace(DEBUG_ID_LINE, '(self._debugIds??={})[Error().stack]="$1";\n');

export async function finishBuild(buildFolder: string): Promise<void> {
  const from = join(buildFolder, 'static');
  const [maps, packed] = [join(buildFolder, SOURCE_MAPS), join(buildFolder, COMPRESSED)];
  for (const folder of [maps, packed]) rmSync(folder, { recursive: true, force: true });
  const files = readdirSync(from, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)));
  const queue = files.filter((name) => COMPRESSIBLE.test(name));
  const work = async (): Promise<void> => {
    for (let file = queue.pop(); file; file = queue.pop()) {
      const text = readFileSync(join(from, file), 'utf8');
      const map = MAP_COMMENT.exec(text)?.[1];
      const bare = shortDebugId(text.replace(MAP_COMMENT, '\n'));
      // A map bears the name of its script, by which tools find it.
      if (map) move(join(from, dirname(file), decodeURIComponent(map)), join(maps, `${file}.map`));
      if (bare !== text) writeFileSync(join(from, file), bare);
      await compress(Buffer.from(bare), join(packed, file));
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  for (const file of files) if (file.endsWith('.map')) rmSync(join(from, file), { force: true });
}

async function compress(content: Buffer, target: string): Promise<void> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, { params }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.br`, br);
  writeFileSync(`${target}.gz`, gz);
}

function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

if (import.meta.main) await finishBuild(process.argv[2] ?? join(import.meta.dirname, '..', '.next'));
