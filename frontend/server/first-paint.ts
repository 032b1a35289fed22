import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, relative, sep } from 'node:path';

const PREFIX = '/_next/static/';
const HEAD_END = Buffer.from('</head>');
const SCRIPT = Buffer.from('<script');
const EXPECT = '<link rel="expect"';
const WHOLE = `${EXPECT} href="#_R_" blocking="render">`;
const SHEET = /<link rel="stylesheet" href="([^"]+)"([^>]*)>/g;
const PRELOAD = /<link rel="preload"[^>]* as="script"[^>]*>/g;
const FONT = /<link rel="preload"([^>]* as="font"[^>]*)>/;
const ASYNC = /<script src="([^"]+)" async=""[^>]*><\/script>/g;
const NONCE = / nonce="([^"]+)"/;

/** Stylesheets of a build, by the address under which pages name them. */
export type Styles = ReadonlyMap<string, string>;

/** The stylesheets of a build as they stand in a page. */
export function stylesOf(buildFolder: string): Styles {
  const folder = join(buildFolder, 'static');
  if (!existsSync(folder)) return new Map();
  const sheets = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.css'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    sheets.map((file) => {
      const path = PREFIX + relative(folder, file).split(sep).join('/');
      return [path, inPage(readFileSync(file, 'utf8'), path)];
    }),
  );
}

/** Addresses in a stylesheet count from where it lies, those in a page do not. */
function inPage(css: string, path: string): string {
  const absolute = (address: string) => new URL(address, `http://page${path}`).pathname;
  return css
    .replace(/\n?\/\*# \w+=.*?\*\//g, '')
    .replace(/url\((["']?)(\.\.?\/[^)"']+)\1\)/g, (_, quote, address) => `url(${quote}${absolute(address)}${quote})`);
}

/**
 * Puts a document into the order in which a browser with a slow connection needs it. Its stylesheets stand in it, so that it paints
 * with its own bytes instead of one more way to the server later; React finds its link where it looks for it, switched off. Scripts
 * begin after everything that paints, so that they share neither the line nor the processor with it. Nothing is painted in pieces that move each other:
 * the first paint waits for what the page says itself (`rel="expect"`), or else for the end of what the server drew, which React marks by its own script.
 */
export function paintFirst(request: IncomingMessage, response: ServerResponse, styles: Styles): void {
  if (request.method !== 'GET' || request.headers.rsc !== undefined || styles.size === 0) return;
  const { write, end } = response;
  const order = new DocumentOrder(styles);
  let isDocument: boolean | undefined;
  const ordered = (chunk: unknown, encoding: unknown): Buffer => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : (chunk as Buffer);
    isDocument ??= isWholeDocument(response);
    return isDocument ? order.next(bytes) : bytes;
  };
  Object.assign(response, {
    write: (chunk: unknown, encoding?: unknown, done?: unknown) => {
      const bytes = ordered(chunk, encoding);
      return (
        bytes.length === 0 || Reflect.apply(write, response, [bytes, typeof encoding === 'function' ? encoding : done])
      );
    },
    end: (chunk?: unknown, encoding?: unknown, done?: unknown) => {
      Object.assign(response, { write, end });
      if (chunk === undefined || chunk === null || typeof chunk === 'function') {
        if (isDocument) Reflect.apply(write, response, [order.rest()]);
        return Reflect.apply(end, response, [chunk]);
      }
      const bytes = ordered(chunk, encoding);
      return Reflect.apply(end, response, [isDocument ? Buffer.concat([bytes, order.rest()]) : bytes, done]);
    },
  });
}

/** What says how long it is must stay that long. */
const isWholeDocument = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type') ?? '').startsWith('text/html') && !response.hasHeader('content-length');

/** Rearranges a document as it passes: keeps back the head until it is whole, and scripts until the first of the body. */
export class DocumentOrder {
  readonly #styles: Styles;
  #part: 'head' | 'body' | 'scripts' = 'head';
  #kept = Buffer.alloc(0);
  #later = '';

  constructor(styles: Styles) {
    this.#styles = styles;
  }

  next(chunk: Buffer): Buffer {
    if (this.#part === 'scripts') return chunk;
    const bytes = Buffer.concat([this.#kept, chunk]);
    const at = bytes.indexOf(this.#part === 'head' ? HEAD_END : SCRIPT);
    if (at < 0) {
      // The head waits until it is whole; of the body no more than may be the beginning of a script.
      const passed = this.#part === 'head' ? 0 : Math.max(0, bytes.length - SCRIPT.length);
      this.#kept = bytes.subarray(passed);
      return bytes.subarray(0, passed);
    }
    this.#kept = Buffer.alloc(0);
    if (this.#part === 'body') {
      this.#part = 'scripts';
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(this.#later), bytes.subarray(at)]);
    }
    this.#part = 'body';
    return Buffer.concat([Buffer.from(this.#head(bytes.toString('utf8', 0, at))), this.next(bytes.subarray(at))]);
  }

  /** What is still kept when the document ends. */
  rest(): Buffer {
    return this.#part === 'scripts' ? Buffer.alloc(0) : Buffer.concat([this.#kept, Buffer.from(this.#later)]);
  }

  #head(html: string): string {
    const addresses = [...html.matchAll(ASYNC)].map(([, address]) => address);
    const nonce = NONCE.exec(html)?.[0] ?? '';
    if (addresses.length > 0) this.#later = `<script${nonce} data-src="${addresses.join(' ')}">(${begin})()</script>`;
    return (html.includes(EXPECT) ? html : html + WHOLE)
      .replace(PRELOAD, '')
      .replace(FONT, `<link rel="preload" media="(min-width: 640px)"$1><script${nonce}>(${markLine})()</script>`)
      .replace(ASYNC, '')
      .replace(SHEET, (link, href: string, rest: string) => {
        const css = this.#styles.get(href.replace(/\?.*/, ''));
        return css === undefined
          ? link
          : `<style>${css}</style><link rel="stylesheet" href="${href}" disabled=""${rest}>`;
      });
  }
}

/**
 * Runs in the page, in its head. A first visit over a line that is known to be slow (ms to the server and back) does without our
 * typeface on a phone, and runs its scripts later.
 */
function markLine(): void {
  const { connection } = navigator as { connection?: { rtt?: number } };
  const isSlow = !navigator.serviceWorker?.controller && Number(connection?.rtt) >= 150;
  if (isSlow) document.documentElement.dataset.line = 'slow';
  else document.querySelector('link[as=font]')?.removeAttribute('media');
}

/**
 * Runs in the page, where all that paints has come. Where the service worker has the scripts, or the line is slow, they are compiled
 * and run once that was painted: until then they would take the processor from it. The slow line fetches them meanwhile.
 */
function begin(): void {
  const { nonce, dataset } = document.currentScript as HTMLScriptElement;
  const sources = (dataset.src as string).split(' ');
  const isSlow = document.documentElement.dataset.line === 'slow';
  let begun = false;
  const all = () => {
    if (begun) return;
    begun = true;
    for (const src of sources) {
      document.head.append(Object.assign(document.createElement('script'), { src, async: true, nonce }));
    }
  };
  // What nobody sees is not painted, nor a page that its scripts have to draw, such as that of a record which is not there.
  const isPainted = !document.hidden && document.querySelector('main') !== null;
  if (!isPainted || !(isSlow || navigator.serviceWorker?.controller)) return all();
  if (isSlow) {
    for (const href of sources) {
      const hint = { rel: 'preload', as: 'script', href, nonce, fetchPriority: 'low' };
      document.head.append(Object.assign(document.createElement('link'), hint));
    }
  }
  // The next frame is the one with all of it; it may be the first of the page.
  requestAnimationFrame(() => new PerformanceObserver(all).observe({ type: 'paint', buffered: true }));
  setTimeout(all, 2000);
}
