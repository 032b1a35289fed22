import { gzipSync } from 'node:zlib';

/** Kilobytes of JavaScript, gzip, that the script tags of a page bring. */
export async function scriptKilobytes(webUrl: string, path: string, cookie: string): Promise<number> {
  const html = await (await fetch(new URL(path, webUrl), { headers: { cookie } })).text();
  const sources = new Set(
    [...html.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)]
      .filter(([tag]) => !/nomodule/i.test(tag))
      .map((match) => match[1] ?? ''),
  );
  let bytes = 0;
  for (const source of sources) {
    const script = await fetch(new URL(source, webUrl));
    bytes += gzipSync(Buffer.from(await script.arrayBuffer())).length;
  }
  return Math.round(bytes / 100) / 10;
}
