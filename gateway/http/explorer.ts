import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The explorer is one file without anything from elsewhere, so that it works offline and under a strict policy. */
export const explorerPage: string = readFileSync(path.join(import.meta.dirname, 'explorer.html'), 'utf8');

export const explorerHeaders: Record<string, string> = {
  'content-security-policy':
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-cache',
};
