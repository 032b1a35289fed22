import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NextConfig } from 'next';

const root = join(import.meta.dirname, '..');
/** What the address of the icons ends in, so that browsers may keep them for good. */
export const iconVersion = createHash('sha256')
  .update(readFileSync(join(import.meta.dirname, 'public/icons.svg')))
  .digest('hex')
  .slice(0, 8);

const config: NextConfig = {
  // Builds beside the usual one: what tests of deployments alternate between.
  distDir: process.env.WEB_BUILD_FOLDER || '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  // The front compresses, after it has put the stylesheets into a document; a header that names them would fetch them again.
  compress: false,
  reactMaxHeadersLength: 0,
  // For reports of faults. The build moves them out of what is served.
  productionBrowserSourceMaps: true,
  // Types are checked by `pnpm check`; the build must not need the compiler's time again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root, debugIds: true },
  env: { NEXT_PUBLIC_ICON_VERSION: iconVersion },
  // Going back shows the page as it was left; a write refreshes the route it happened on.
  experimental: { staleTimes: { dynamic: 30 } },
  async headers() {
    return [
      { source: '/icons.svg', headers: [{ key: 'cache-control', value: 'public, max-age=31536000, immutable' }] },
    ];
  },
};

export default config;
