import { defineConfig } from 'vitest/config';

const node = { environment: 'node', pool: 'forks', testTimeout: 30_000, hookTimeout: 60_000 } as const;

/** What a whole installation answers comes when the machine has time for it: a test waits for the answer, not the clock. */
const patient = { poll: { timeout: 20_000, interval: 100 } } as const;

/** One copy of graphql: Vite would hand our own modules its ESM build, while the libraries load the CommonJS one. */
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          ...node,
          name: 'server',
          execArgv: ['--import', './packages/kit/quick-drizzle.ts'],
          include: ['{packages,subgraphs,deploy}/**/*.test.ts', 'frontend/server/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/_generated/**', 'deploy/system/**'],
          globalSetup: ['deploy/testing/database.setup.ts'],
        },
      },
      {
        // Toy subgraphs in memory: no database.
        resolve,
        test: {
          ...node,
          name: 'gateway',
          include: ['{gateway,schema}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/_generated/**'],
        },
      },
      {
        // Starts and kills whole installations, one after the other.
        resolve,
        test: {
          ...node,
          name: 'system',
          include: ['deploy/system/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          expect: patient,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic' } },
        test: {
          name: 'frontend',
          environment: 'jsdom',
          include: ['frontend/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/.next/**', 'frontend/server/**'],
          setupFiles: ['frontend/testing/setup.ts'],
        },
      },
      {
        resolve,
        test: {
          ...node,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['deploy/testing/installation.setup.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 600_000,
          expect: patient,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['{packages,subgraphs,gateway}/**/*.ts', 'frontend/**/*.{ts,tsx}'],
      exclude: [
        '**/*.test.{ts,tsx}',
        '**/*.d.ts',
        // Declarations that migrations are made from; their index lists are never executed.
        '**/*.tables.ts',
        '**/_generated/**',
        '**/testing/**',
        '**/*.config.ts',
        '**/.next/**',
      ],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: {
        'packages/**': { lines: 85 },
        'subgraphs/**': { lines: 85 },
        'gateway/**': { lines: 85 },
        'frontend/**': { lines: 80 },
      },
    },
  },
});
