import { afterEach, expect, test, vi } from 'vitest';
import { viewer } from './viewer.ts';

vi.mock('next/headers', () => ({
  cookies: async () => new Map([['valeo_access', { value: 'token' }]]),
  headers: async () => new Headers({ 'x-path': '/sales/invoices' }),
}));
vi.mock('next/navigation', () => ({
  redirect: (path: string) => {
    throw new Error(`redirect to ${path}`);
  },
}));
afterEach(() => vi.unstubAllGlobals());

const answered = (answer: object) => vi.stubGlobal('fetch', async () => Response.json(answer));
const failed = (code: string) => ({
  data: { viewer: null },
  errors: [{ message: code, path: ['viewer'], extensions: { code } }],
});

test('whoever is signed in is told once asked for', async () => {
  answered({ data: { viewer: { id: '1', email: 'a@valeo.example' } } });
  expect(await viewer()).toMatchObject({ email: 'a@valeo.example' });
});

test('without a session the reader is sent to sign in, and back', async () => {
  const signIn = 'redirect to /sign-in?next=%2Fsales%2Finvoices';
  answered({ data: { viewer: null } });
  await expect(viewer()).rejects.toThrow(signIn);
  answered(failed('UNAUTHENTICATED'));
  await expect(viewer()).rejects.toThrow(signIn);
});

test('while the domain that knows is away, nobody is sent to sign in who need not', async () => {
  answered(failed('SUBGRAPH_UNAVAILABLE'));
  await expect(viewer()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', retryable: true });
});
