import { join } from 'node:path';
import type { NextConfig } from 'next';

const root = join(import.meta.dirname, '..');

const config: NextConfig = {
  // Builds beside the usual one: what tests of deployments alternate between.
  distDir: process.env.WEB_BUILD_FOLDER || '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  // The front compresses, after it has put the stylesheets into a document; a header that names them would fetch them again.
  compress: false,
  // Nothing fits into one character; React takes none for a mistake.
  reactMaxHeadersLength: 1,
  // For reports of faults. The build moves them out of what is served.
  productionBrowserSourceMaps: true,
  // Types are checked by `pnpm check`; the build must not need the compiler's time again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root, debugIds: true },
  // Going back shows the page as it was left; a write refreshes the route it happened on.
  experimental: { staleTimes: { dynamic: 30 } },
};

export default config;
