import { vi } from 'vitest';

/** What pages need of the framework, made to measure for tests. Import this file before the page. */
export const framework = {
  cookies: new Map<string, string>(),
  headers: new Headers(),
  path: '/',
  search: '',
  pushed: [] as string[],
  prefetched: [] as string[],
  refreshed: 0,
};

const router = {
  push: (href: string) => void framework.pushed.push(href),
  replace: (href: string) => void framework.pushed.push(href),
  prefetch: (href: string) => void framework.prefetched.push(href),
  refresh: () => {
    framework.refreshed += 1;
  },
};

vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string) => {
      const value = framework.cookies.get(name);
      return value === undefined ? undefined : { name, value };
    },
    has: (name: string) => framework.cookies.has(name),
  }),
  headers: async () => framework.headers,
}));

vi.mock('next/navigation', () => ({
  useRouter: () => router,
  usePathname: () => framework.path,
  useSearchParams: () => new URLSearchParams(framework.search),
  notFound: () => {
    throw new Error('NOT_FOUND');
  },
  redirect: (href: string) => {
    throw new Error(`REDIRECT ${href}`);
  },
}));

vi.mock('next/font/local', () => ({ default: () => ({ variable: 'font' }) }));
vi.mock('next/server', async (load) => ({ ...(await load<object>()), connection: async () => undefined }));
