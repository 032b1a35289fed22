import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Tells which page of a build a path belongs to, as it stands in the tree of pages: `/sales/orders/[id]`. Paths of no page
 * have no route, so that whoever names routes to us can name only those that there are.
 */
export function routesOf(buildFolder: string): (path: string) => string | null {
  const file = join(buildFolder, 'app-path-routes-manifest.json');
  if (!existsSync(file)) return () => null;
  const routes = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>).filter(
    (route) => !route.includes('[...') && !route.startsWith('/_') && !route.includes('.'),
  );
  const whole = new Set(routes.filter((route) => !route.includes('[')));
  const patterns = routes
    .filter((route) => route.includes('['))
    .map((route) => ({ route, pattern: new RegExp(`^${route.replaceAll(/\[\w+\]/g, '[^/]+')}$`) }));
  return (path) => (whole.has(path) ? path : (patterns.find(({ pattern }) => pattern.test(path))?.route ?? null));
}
