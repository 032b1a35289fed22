// @vitest-environment node
import { NextRequest } from 'next/server';
import { expect, test } from 'vitest';
import { proxy } from './proxy.ts';

const request = (path: string, cookie = '') => new NextRequest(`http://localhost${path}`, { headers: { cookie } });

test('every page has a policy of its own, and scripts run only with its nonce', () => {
  const policies = [1, 2].map(() => proxy(request('/')).headers.get('content-security-policy') ?? '');
  expect(policies[0]).not.toBe(policies[1]);
  expect(policies[0]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'(;|$)/);
  expect(policies[0]).toContain("frame-ancestors 'none'");
  expect(policies[0]).not.toContain('unsafe-eval');
});

test('a language chosen by link joins the other choices, and the address is clean again', () => {
  const response = proxy(request('/sign-in?lang=en&next=%2F', 'valeo-display=theme%3Ddark'));
  expect(response.headers.get('location')).toBe('http://localhost/sign-in?next=%2F');
  expect(decodeURIComponent(response.headers.get('set-cookie') ?? '')).toContain('locale=en&theme=dark');
});
