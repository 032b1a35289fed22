// @vitest-environment node
import { afterEach, expect, test, vi } from 'vitest';
import { firstLoadSizes, scriptsOf } from './first-load.ts';

afterEach(() => vi.unstubAllGlobals());

test('each script counts once, and those for old browsers not at all', () => {
  const html = `<script src="/a.js" async></script><script src="/a.js"></script><script>inline()</script>
    <script src="/old.js" noModule=""></script><script nonce="n" src="/b.js?x=1&amp;y=2"></script>
    <script data-src="/c.js /a.js">begin()</script>`;
  expect([...scriptsOf(html)]).toEqual(['/a.js', '/b.js?x=1&y=2', '/c.js']);
});

test('routes are compared with the bare page, and a page that does not open is no size', async () => {
  const pages: Record<string, string> = {
    '/__floor': '<script src="/floor.js"></script>',
    '/list': '<script src="/floor.js"></script><script src="/list.js"></script>',
    '/floor.js': 'floor()',
    '/list.js': 'list()'.repeat(500),
  };
  vi.stubGlobal('fetch', async (url: string | URL) => {
    const { pathname } = new URL(url);
    return new Response(pages[pathname] ?? '', { status: pages[pathname] ? 200 : 303 });
  });
  const [floor, list] = await firstLoadSizes('http://erp.example', 'a=b', ['/list']);
  expect(floor?.overFloor).toBe(0);
  expect(list?.overFloor).toBeGreaterThan(0);
  expect(list?.kilobytes).toBeCloseTo((floor?.kilobytes ?? 0) + (list?.overFloor ?? 0));
  await expect(firstLoadSizes('http://erp.example', '', ['/gone'])).rejects.toThrow('/gone answered 303');
});
