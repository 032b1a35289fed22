/** A record that the reader has looked at. */
export interface Visit {
  readonly href: string;
  readonly title: string;
}

const prefix = 'valeo.recent.';
const most = 12;
const appName = ' · VALEO NeuroERP';

/** Records looked at last, the newest first. They stay in this browser, apart for each reader and company. */
export function recentVisits(owner: string): readonly Visit[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(prefix + owner) ?? '[]');
    return Array.isArray(found) ? found.filter((each) => typeof each?.href === 'string' && each.title) : [];
  } catch {
    return [];
  }
}

/** Remembers the page in view if it is that of one record. */
export function rememberVisit(owner: string, path: string, title: string): void {
  if (!/^\/[a-z-]+\/[a-z-]+\/[^/]+$/.test(path) || path.endsWith('/new') || !title.endsWith(appName)) return;
  const visit = { href: path, title: title.slice(0, -appName.length) };
  const others = recentVisits(owner).filter((each) => each.href !== path);
  try {
    localStorage.setItem(prefix + owner, JSON.stringify([visit, ...others].slice(0, most)));
  } catch {
    // Without room or permission nothing is remembered.
  }
}

/** Leaves nothing behind when the reader signs out. */
export function forgetVisits(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix)) localStorage.removeItem(key);
  }
}
