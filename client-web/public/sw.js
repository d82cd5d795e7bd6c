// Keeps the pages and their files, so that a page opens without network after the first visit.
// What people write is not here: it waits in the page's own outbox (IndexedDB).
const cacheName = 'warsha-shell-1';
const pages = { '': '/', j: '/', room: '/room', receipt: '/receipt' };

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => Promise.all(['/', '/room', '/receipt'].map((page) => keepPage(cache, page))))
      .then(() => self.skipWaiting()),
  );
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** A page, and every file that it names or that those name in turn. */
async function keepPage(cache, page) {
  const response = await fetch(page, { cache: 'no-cache' });
  if (!response.ok) return;
  await cache.put(page, response.clone());
  await keepNamed(cache, await response.text(), new Set());
}

async function keepNamed(cache, text, seen) {
  const named = new Set(
    [...text.matchAll(/(?:\/assets\/|["'`]\.\/|["'`]assets\/)([\w.-]+\.(?:js|css|woff2))/g)].map((match) => `/assets/${match[1]}`),
  );
  for (const file of named) {
    if (seen.has(file)) continue;
    seen.add(file);
    const kept = await cache.match(file);
    const response = kept ?? (await fetch(file));
    if (!response.ok) continue;
    if (!kept) await cache.put(file, response.clone());
    if (file.endsWith('.js')) await keepNamed(cache, await response.text(), seen);
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') event.respondWith(fromCacheFirst(request));
  else if (request.mode === 'navigate') event.respondWith(fromNetworkFirst(request, url));
});

async function fromCacheFirst(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) (await caches.open(cacheName)).put(request, response.clone());
  return response;
}

async function fromNetworkFirst(request, url) {
  const shell = pages[url.pathname.split('/')[1]];
  try {
    const response = await fetch(request);
    if (response.ok && shell) {
      const cache = await caches.open(cacheName);
      const before = await cache.match(shell);
      // A new build has new file names: keep them all now, while there is a network.
      if (!before || before.headers.get('ETag') !== response.headers.get('ETag')) await keepPage(cache, shell);
    }
    return response;
  } catch (error) {
    const kept = shell && (await caches.match(shell));
    if (kept) return kept;
    throw error;
  }
}
