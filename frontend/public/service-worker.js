/*
 * Keeps what a reader has seen, so that it can be read again without a connection. Fresh answers always come first:
 * what is kept is shown only when the server cannot be reached. Everything is forgotten at sign-out.
 */
const assets = 'valeo-assets';
const seen = 'valeo-seen';
const assetsMax = 400;
const seenMax = 300;
const patienceMs = 8000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(seen)
      .then((cache) => cache.add('/offline'))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST') {
    if (url.pathname.startsWith('/auth/')) event.waitUntil(forget());
    else if (url.pathname === '/graphql' && request.headers.get('x-valeo-operation') === 'read') {
      event.respondWith(read(request));
    }
    return;
  }
  if (request.method !== 'GET') return;
  if (url.pathname.startsWith('/_next/static/') || url.pathname === '/icons.svg') event.respondWith(asset(request));
  else if (request.mode === 'navigate' && !url.pathname.startsWith('/sign-')) event.respondWith(page(request));
});

/** Files whose name changes with their content never change. */
async function asset(request) {
  const cache = await caches.open(assets);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await keep(cache, request, answer.clone(), assetsMax);
  return answer;
}

/** A page, with the policy it came with: its nonce and its scripts belong together. */
async function page(request) {
  const cache = await caches.open(seen);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
    if (answer.ok && !answer.redirected) await keep(cache, request.url, answer.clone(), seenMax);
    return answer;
  } catch {
    return (
      (await cache.match(request.url)) ??
      (await cache.match(request.url, { ignoreSearch: true })) ??
      (await cache.match('/offline')) ??
      Response.error()
    );
  }
}

/** A read of the graph. Its body names operation and variables, so the body is what it is kept under. */
async function read(request) {
  const cache = await caches.open(seen);
  const body = await request.clone().text();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
  const key = `/graphql?read=${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  try {
    const answer = await fetch(request);
    if (answer.ok) await keep(cache, key, answer.clone(), seenMax);
    return answer;
  } catch (error) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw error;
  }
}

/** Keeps an answer, and lets the oldest go when there are too many. */
async function keep(cache, key, answer, max) {
  await cache.delete(key);
  await cache.put(key, answer);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - max)).map((each) => cache.delete(each)));
}

async function forget() {
  await caches.delete(seen);
  await (await caches.open(seen)).add('/offline').catch(() => undefined);
}
