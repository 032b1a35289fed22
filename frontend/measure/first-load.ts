import { gzipSync } from 'node:zlib';

export interface RouteSize {
  readonly route: string;
  /** Kilobytes (1000 bytes) of JavaScript, gzip, that a browser fetches before it is asked for anything. */
  readonly kilobytes: number;
  readonly overFloor: number;
}

/** Most kilobytes of JavaScript over the bare page, by the kind of page. */
export const budgets = { shell: 20, list: 30, form: 32 } as const;
/** Most kilobytes of the bare page itself, and of the heaviest route, in all. */
export const floorTotal = 140;
export const heaviestTotal = 165;

/**
 * First-load JavaScript of routes of a running web app, compared with its bare control page. `cookie` is that of a
 * session; the build does not print sizes, so the script tags of each page are summed.
 */
export async function firstLoadSizes(base: string, cookie: string, routes: readonly string[]): Promise<RouteSize[]> {
  const known = new Map<string, number>();
  const sizeOf = async (route: string): Promise<number> => {
    const page = await fetch(base + route, { headers: { cookie }, redirect: 'manual' });
    if (page.status !== 200) throw new Error(`${route} answered ${page.status}`);
    let bytes = 0;
    for (const source of scriptsOf(await page.text())) {
      let size = known.get(source);
      if (size === undefined) {
        const file = await fetch(new URL(source, base));
        size = gzipSync(Buffer.from(await file.arrayBuffer()), { level: 9 }).length;
        known.set(source, size);
      }
      bytes += size;
    }
    return bytes / 1000;
  };
  const floor = await sizeOf('/__floor');
  const sizes: RouteSize[] = [{ route: '/__floor', kilobytes: floor, overFloor: 0 }];
  for (const route of routes) {
    const kilobytes = await sizeOf(route);
    sizes.push({ route, kilobytes, overFloor: kilobytes - floor });
  }
  return sizes;
}

/** Scripts that browsers of today fetch, by tags of their own or by that of `first-paint.ts`; those for browsers without modules are left out. */
export function scriptsOf(html: string): ReadonlySet<string> {
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map((match) => match[0]);
  const sources = tags
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .flatMap((tag) => /\b(?:data-)?src="([^"]+)"/.exec(tag)?.[1]?.split(' ') ?? []);
  return new Set(sources.map((source) => source.replaceAll('&amp;', '&')));
}
