import { readFileSync } from 'node:fs';
import path from 'node:path';

const read = (name: string): string => readFileSync(path.join(import.meta.dirname, name), 'utf8');

/** The explorer is one page without anything from elsewhere, so that it works offline and under a strict policy. */
export const explorerPage: string = read('explorer.html')
  .replace('/* explorer.css */', () => read('explorer.css'))
  .replace('/* explorer.js */', () => `${read('explorer-schema.js')}\n${read('explorer.js')}`);

export const explorerHeaders: Record<string, string> = {
  'content-security-policy':
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-cache',
};
