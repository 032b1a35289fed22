import { replayAlone } from './replay-alone.ts';
import { forgetStore } from './store.ts';

// The service worker: keeps what a reader has seen, so that the app starts, and can be read, without a connection. The front
// serves it as one script. RSC payloads are never kept, so that no tab gets those of another build. The script is the same for
// every build: a browser that replaces a worker may leave a navigation without an answer that the old one had begun.

interface Worker {
  addEventListener(type: string, listener: (event: WorkerEvent) => void): void;
  skipWaiting(): void;
  readonly clients: {
    claim(): Promise<void>;
    get(id: string): Promise<{ postMessage(message: object): void } | undefined>;
  };
  readonly location: Location;
}

interface WorkerEvent {
  readonly request: Request;
  readonly resultingClientId: string;
  readonly source: { readonly id: string; postMessage(message: object): void };
  readonly data: { readonly type: string; readonly urls: readonly string[] };
  /** No answer at all is the browser's own error page. */
  respondWith(answer: Promise<Response | undefined>): void;
  waitUntil(work: Promise<unknown>): void;
}

/** What a tab was given, until it asks. */
interface Shown {
  type: 'shown';
  /** When the page was kept; absent when it came from the server. */
  keptAt?: string | null;
  /** The server could not be reached. */
  offline?: boolean;
  /** A newer answer has arrived since. */
  fresh?: boolean;
}

const worker = self as unknown as Worker;
const META = 'valeo-meta';
const ASSETS = 'valeo-assets-';
const SEEN = 'valeo-seen-';
const shown = new Map<string, Shown>();
const keptMax = 600;
const pagePatienceMs = 20;
const readPatienceMs = 4000;
const keepAgainMs = 600_000;
/** How often somebody signed out: what was asked for before is not kept when it comes afterwards. */
let departures = 0;

worker.addEventListener('install', (event) => {
  worker.skipWaiting();
  event.waitUntil(takeBuild());
});
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('sync', (event) => event.waitUntil(replayKept()));
worker.addEventListener('message', (event) => {
  const { type, urls } = event.data;
  if (type === 'keep') event.waitUntil(keepPages(event, urls));
  else if (type === 'display') event.waitUntil(outdatePages());
  else event.source.postMessage(shown.get(event.source.id) ?? { type: 'shown' });
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== worker.location.origin) return;
  if (request.method !== 'GET') {
    const does = request.headers.get('x-valeo-operation');
    if (pathname === '/auth/sign-out') event.respondWith(signOut(request));
    else if (does === 'read') event.respondWith(read(event));
    else if (does === 'write') event.waitUntil(outdatePages());
  } else if (pathname.startsWith('/_next/static/')) event.respondWith(asset(event));
  else if (request.mode === 'navigate') {
    if (!/^\/(sign-|__floor)/.test(pathname)) event.respondWith(page(event));
  } else if (request.headers.has('rsc') && !request.headers.has('next-router-prefetch')) {
    // A page visited through the router has sent no document that could be shown after a restart.
    event.waitUntil(keepPages(event, [request.url]));
  }
});

/** The cache with the files of the latest build that was seen whole. */
const currentAssets = () => noted('/build');

/** As every answer says it of its build. */
const assetsOf = (answer: Response): string => ASSETS + answer.headers.get('x-valeo-build');

/**
 * All files of the build that is there now, so that parts which load late are there too. What an earlier build had is not fetched
 * again. Tabs of the build before go on working: its files stay until the next one comes.
 */
async function takeBuild(): Promise<void> {
  const list = await fetch('/offline-files.json');
  const files: string[] = await list.json();
  const assets = assetsOf(list);
  const before = await currentAssets();
  if (assets === before) return;
  const cache = await caches.open(assets);
  await Promise.all(
    files.map(async (file) => {
      const kept = await caches.match(file);
      if (!kept || file === '/offline') return cache.add(file);
      return cache.put(file, kept);
    }),
  );
  await note('/build', assets);
  await forget(ASSETS, assets, before);
  // Pages of the build before are for times without a connection only.
  if (before) await outdatePages();
}

/** The files of a new build are fetched while it is there: as soon as a page of it is seen. */
let taking: Promise<void> | undefined;
async function noticeBuild(answer: Response | undefined): Promise<void> {
  if (!answer?.ok || assetsOf(answer) === (await currentAssets())) return;
  taking ??= takeBuild();
  await taking.catch(() => {});
  taking = undefined;
}

/** Files of this build and the one before. */
const asset = async ({ request }: WorkerEvent): Promise<Response> => (await caches.match(request)) ?? fetch(request);

/**
 * A page, with the policy it came with: its nonce and its scripts belong together. One that was seen before is shown at once
 * when the server takes its time; the tab hears when the answer has come. Forms wait: what is edited must be current.
 */
async function page(event: WorkerEvent): Promise<Response | undefined> {
  const { request, resultingClientId: id } = event;
  const { url } = request;
  const state: Shown = { type: 'shown' };
  shown.set(id, state);
  // Looking for what is kept is part of the wait.
  const patience = after(pagePatienceMs);
  const fresh = fetchKept(event, request, url).catch(() => undefined);
  event.waitUntil(fresh.then(noticeBuild));
  const kept = await find(url);
  const isForm = /\/(new|edit)(\?|$)/.test(url);
  const isQuick = !isForm && (await isNewer(kept));
  const inTime = await (isQuick ? Promise.race([fresh, patience]) : fresh);
  if (inTime && inTime.status < 500) return inTime;
  state.keptAt = kept?.headers.get('date');
  const told = fresh.then(async (late) => {
    if (late && late.status < 500) state.fresh = true;
    else state.offline = true;
    (await worker.clients.get(id))?.postMessage(state);
  });
  const answer =
    kept ??
    (await find(url, true)) ??
    (await fresh) ??
    (await caches.match('/offline', { cacheName: await currentAssets() }));
  event.waitUntil(told);
  return answer;
}

/** Fetches and keeps. The answer goes on at once, while its copy is still being written. */
async function fetchKept(event: WorkerEvent, request: Request | string, key: string): Promise<Response> {
  const asked = departures;
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) event.waitUntil(keep(key, answer.clone(), asked));
  return answer;
}

/** A read of the graph. Its body names operation and variables, so the body is what it is kept under. */
async function read(event: WorkerEvent): Promise<Response> {
  const body = await event.request.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  const key = `/graphql?${digest}`;
  const fresh = fetchKept(event, event.request, key);
  const kept = await find(key);
  if (!kept) return fresh;
  const answer = await Promise.race([fresh.catch(() => undefined), after(readPatienceMs)]);
  return answer && answer.status < 500 ? answer : kept;
}

/** Keeps pages that were seen without a document of theirs, or that will be wanted, unless that was done just now. */
async function keepPages(event: WorkerEvent, urls: readonly string[]): Promise<void> {
  for (const each of urls) {
    const url = new URL(each, worker.location.origin);
    url.searchParams.delete('_rsc');
    if (!(await isNewer(await find(url.href), Date.now() - keepAgainMs))) {
      await fetchKept(event, url.href, url.href).catch(() => undefined);
    }
  }
}

/** Keeps an answer among those of its owner; one of another company or person ends what was kept before. */
async function keep(key: string, answer: Response, asked: number): Promise<void> {
  const owner = answer.headers.get('x-valeo-owner');
  if (!owner) return;
  // Answers come side by side and must not end each other.
  await forget(SEEN, SEEN + owner);
  // Right before the cache is opened: one that is open is forgotten together with what is put into it.
  if (asked !== departures) return;
  const cache = await caches.open(SEEN + owner);
  await cache.put(key, answer);
  // The oldest go: what is put again becomes the newest.
  for (const each of (await cache.keys()).slice(0, -keptMax)) await cache.delete(each);
}

/** There is never more than one owner's cache, so it says whose everything is. */
const seenOwner = async (): Promise<string> =>
  (await caches.keys()).find((name) => name.startsWith(SEEN))?.slice(SEEN.length) ?? '';

const find = async (key: string, ignoreSearch = false): Promise<Response | undefined> =>
  caches.match(key, { cacheName: SEEN + (await seenOwner()), ignoreSearch, ignoreVary: true });

async function signOut(request: Request): Promise<Response> {
  const answer = await fetch(request);
  // Refused, which the way to the sign-in page is not: the session is that of somebody else, whose everything stays.
  if (answer.status < 400) {
    const owner = await seenOwner();
    departures += 1;
    await forget(SEEN);
    await forgetStore(owner);
  }
  return answer;
}

async function forget(prefix: string, ...except: readonly unknown[]): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && !except.includes(name)) await caches.delete(name);
  }
}

/** What the worker notes for itself, beyond its own end. */
const noted = async (key: string): Promise<string | undefined> => (await caches.match(key))?.text();
const note = async (key: string, text: unknown): Promise<void> =>
  (await caches.open(META)).put(key, new Response(`${text}`));

/** What is kept looks different by now, or is from before the reader's own write: it stays for times without a connection. */
const outdatePages = (): Promise<void> => note('/outdated', Date.now());
/** What was never kept has no age. */
const isNewer = async (kept: Response | undefined, than = 0): Promise<boolean> =>
  Date.parse(kept?.headers.get('date') as string) > Math.max(than, Number((await noted('/outdated')) ?? 0));

/** Background Sync: sends what waits although no tab is open. Throwing asks the browser to try again later. */
async function replayKept(): Promise<void> {
  const owner = await seenOwner();
  if (!owner) return;
  const rest = await replayAlone(owner);
  await outdatePages();
  if (rest) throw rest;
}

const after = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms));
