import { defineConfig } from 'vitest/config';

const node = { environment: 'node', pool: 'forks', testTimeout: 30_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...node,
          name: 'server',
          include: ['{packages,subgraphs,gateway,schema,deploy}/**/*.test.ts', 'frontend/server/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/_generated/**', 'deploy/system/**'],
          globalSetup: ['deploy/testing/database.setup.ts'],
        },
      },
      {
        // Starts and kills whole installations, one after the other.
        test: {
          ...node,
          name: 'system',
          include: ['deploy/system/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
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
        test: {
          ...node,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['{packages,subgraphs,gateway}/**/*.ts', 'frontend/**/*.{ts,tsx}'],
      exclude: [
        '**/*.test.{ts,tsx}',
        '**/*.d.ts',
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
