// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { DocumentOrder, paintFirst, stylesOf } from './first-paint.ts';

const sheet = '/_next/static/chunks/a.css';
const styles = new Map([[sheet, 'p { color: red }']]);
const script = '<script src="/_next/static/chunks/b.js" async="" nonce="n"></script>';
const other = '<script src="/_next/static/chunks/c.js" async="" nonce="n"></script>';
const page = `<!DOCTYPE html><html><head><link rel="stylesheet" href="${sheet}" data-precedence="next"/>${script}<title>Büro</title>${other}</head><body><p>Größe</p><script id="_R_">go()</script><p>€</p></body></html>`;
/** The script that begins others, as far as it does not stand in the source itself. */
function begins(...names: string[]): string {
  const addresses = names.map((name) => `/_next/static/chunks/${name}.js`).join(' ');
  return `<script nonce="n" data-src="${addresses}">(BEGIN)()</script>`;
}
const written = page
  .replace(
    /<link[^>]+>/,
    `<style>p { color: red }</style><link rel="stylesheet" href="${sheet}" disabled="" data-precedence="next"/>`,
  )
  .replace(script, '')
  .replace(other, '')
  .replace('</head>', '<link rel="expect" href="#_R_" blocking="render"></head>')
  .replace('<script id', `${begins('b', 'c')}<script id`);

let server: Server | undefined;
afterEach(() => server?.close());

const withoutSource = (html: string): string => html.replace(/\(function begin\(.*?\n}\)\(\)/s, '(BEGIN)()');

const ordered = (text: string, cuts: readonly number[]): string => {
  const bytes = Buffer.from(text);
  const ends = [...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b);
  const order = new DocumentOrder(styles);
  const parts = [...ends, bytes.length].map((end, at) => order.next(bytes.subarray(ends[at - 1] ?? 0, end)));
  return withoutSource(Buffer.concat([...parts, order.rest()]).toString());
};

test('a document carries its styles, paints in one piece, and begins its scripts after what paints, however it is cut', () => {
  expect(ordered(page, [])).toBe(written);
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 12 }), (cuts) => {
      expect(ordered(page, cuts)).toBe(written);
    }),
  );
});

test('a page says itself what its first paint waits for, and a phone does not wait for the font', () => {
  const expected = '<link rel="expect" href="#topbar" blocking="render"/>';
  const written = ordered(`<head>${expected}<link rel="preload" href="/i.woff2" as="font"/>${script}</head><p>`, []);
  expect(written).toMatch(
    /^<head><link rel="expect" href="#topbar" blocking="render"\/><link rel="preload" media="\(min-width: 640px\)" href="\/i.woff2" as="font"\/><script nonce="n">\(function markLine\(/,
  );
  expect(written.match(/rel="expect"/g)).toHaveLength(1);
});

test('a document without a body of ours loses nothing', () => {
  expect(ordered('<p>short', [])).toBe('<p>short');
  expect(ordered(`<head>${script}</head><p>`, [])).toBe(
    `<head><link rel="expect" href="#_R_" blocking="render"></head><p>${begins('b')}`,
  );
});

async function answered(type: string, headers: Record<string, string> = {}): Promise<string> {
  server = createServer((request, response) => {
    paintFirst(request, response, styles);
    response.setHeader('content-type', type);
    response.write(page.slice(0, 90));
    response.end(page.slice(90));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return withoutSource(await (await fetch(`http://127.0.0.1:${port}/`, { headers })).text());
}

test('documents are put in order, everything else is sent as it is', async () => {
  expect(await answered('text/html; charset=utf-8')).toBe(written);
  server?.close();
  expect(await answered('text/x-component')).toBe(page);
  server?.close();
  expect(await answered('text/html', { rsc: '1' })).toBe(page);
});

test('addresses in a stylesheet stay right where it stands in a page', () => {
  const build = mkdtempSync(join(tmpdir(), 'valeo-styles-'));
  try {
    mkdirSync(join(build, 'static', 'chunks'), { recursive: true });
    const css =
      '@font-face{src:url("../media/i.woff2")}b{mask:url("data:image/svg+xml,<svg/>")}\n/*# sourceMappingURL=a.css.map*/';
    writeFileSync(join(build, 'static', 'chunks', 'a.css'), css);
    expect([...stylesOf(build)]).toEqual([
      [sheet, '@font-face{src:url("/_next/static/media/i.woff2")}b{mask:url("data:image/svg+xml,<svg/>")}'],
    ]);
  } finally {
    rmSync(build, { recursive: true });
  }
});
