// Keeps the pages and their files, so that a page opens without network after the first visit.
// What people write is not here: it waits in the page's own outbox (IndexedDB).
const cacheName = 'warsha-shell-2'; // another number where what an older worker kept can't be trusted
const pages = { '': '/', j: '/', room: '/room', receipt: '/receipt' };
const shells = [...new Set(Object.values(pages))];

self.addEventListener('install', (event) =>
  event.waitUntil(Promise.all(shells.map(keepPage)).then(() => self.skipWaiting())),
);
self.addEventListener('activate', (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

async function dropOthers() {
  for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
}

/** One page at a time: what one still keeps, another must not take for left over. */
let keeping = Promise.resolve();
function keepPage(page) {
  const kept = keeping.then(() => keepNow(page));
  keeping = kept.catch(() => {});
  return kept;
}

/** A page, and every file that it names or that those name in turn. Rejects if one does not come: then it is as before. */
async function keepNow(page) {
  const cache = await caches.open(cacheName);
  const response = await fetch(page, { cache: 'no-cache' });
  if (!response.ok) return;
  // One after the other: the page that is just being opened needs the line itself.
  await walk(await response.clone().text(), (file) => keepFile(cache, file));
  const before = await cache.match(page);
  await cache.put(page, response); // last: where a page is, all its files are
  await dropUnused(cache, before);
}

async function keepFile(cache, file) {
  const kept = await cache.match(file);
  if (kept) return kept;
  const response = await fetch(file);
  if (response.status === 404) return; // words that look like the name of a file
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  await cache.put(file, response.clone());
  return response;
}

/** Every file that a text names, and those that they name in turn; `get` gives one, or nothing. */
async function walk(text, get, seen = new Set()) {
  for (const [, name] of text.matchAll(/(?:\/assets\/|["'`]\.\/|["'`]assets\/)([\w.-]+\.(?:js|css|woff2))/g)) {
    const file = `/assets/${name}`;
    if (seen.has(file)) continue;
    seen.add(file);
    const response = await get(file);
    if (response && file.endsWith('.js')) await walk(await response.text(), get, seen);
  }
  return seen;
}

/** Files that no page names any more, nor the one that was there `before`: it may be open, and not have loaded all. */
async function dropUnused(cache, before) {
  const used = new Set();
  for (const page of [before, ...(await Promise.all(shells.map((shell) => cache.match(shell))))])
    if (page) await walk(await page.text(), (file) => cache.match(file), used);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/assets/') && !used.has(pathname)) await cache.delete(request);
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') event.respondWith(fromCacheFirst(request));
  else if (request.mode === 'navigate') event.respondWith(fromNetworkFirst(event, pages[url.pathname.split('/')[1]]));
});

async function fromCacheFirst(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) (await caches.open(cacheName)).put(request, response.clone());
  return response;
}

async function fromNetworkFirst(event, shell) {
  try {
    const response = await fetch(event.request);
    // A new build has new file names: they are all kept now, while there is a network, but the page waits for none.
    if (response.ok && shell) event.waitUntil(keepIfNew(shell, response.headers.get('ETag')).catch(() => {}));
    return response;
  } catch (error) {
    const kept = shell && (await caches.match(shell));
    if (kept) return kept;
    throw error;
  }
}

async function keepIfNew(shell, tag) {
  const kept = await caches.match(shell);
  if (!kept || kept.headers.get('ETag') !== tag) await keepPage(shell);
}
