import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, test } from 'vitest';

const source = readFileSync(resolve(import.meta.dirname, '../../../client-web/public/sw.js'), 'utf8');
const origin = 'https://warsha.example';

/** A server's files, by path; a path that is not there is 404, an Error breaks the connection. */
type Files = Record<string, string | Error>;
const build = (n: number): Files => ({
  '/': `<script src="/assets/join-${n}.js">`,
  '/room': `<script src="/assets/room-${n}.js">`,
  '/receipt': `<script src="/assets/shared.js">`,
  [`/assets/join-${n}.js`]: 'import"./shared.js"',
  [`/assets/room-${n}.js`]: `import"./shared.js";import("./later-${n}.js");say("./no-file.js")`,
  [`/assets/later-${n}.js`]: '',
  '/assets/shared.js': '',
});

class FakeCache {
  readonly kept = new Map<string, Response>();
  match = async (request: string | Request) => this.kept.get(pathOf(request))?.clone();
  put = async (request: string | Request, response: Response) => void this.kept.set(pathOf(request), response);
  delete = async (request: Request) => this.kept.delete(pathOf(request));
  keys = async () => [...this.kept.keys()].map((path) => ({ url: origin + path }));
}
const pathOf = (request: string | { url: string }) =>
  new URL(typeof request === 'string' ? request : request.url, origin).pathname;

/** The worker in a browser of the test's own. */
class Browser {
  files: Files = build(1);
  /** Paths that begin so are never answered. */
  held: string | null = null;
  readonly caches = new Map<string, FakeCache>();
  private readonly listeners = new Map<string, (event: object) => void>();

  constructor() {
    const open = async (name: string) => this.caches.get(name) ?? this.caches.set(name, new FakeCache()).get(name)!;
    runInNewContext(source, {
      self: {
        addEventListener: (name: string, listener: (event: object) => void) => this.listeners.set(name, listener),
        skipWaiting: async () => {},
        clients: { claim: async () => {} },
      },
      caches: {
        open,
        keys: async () => [...this.caches.keys()],
        delete: async (name: string) => this.caches.delete(name),
        match: async (request: string | Request) => {
          for (const cache of this.caches.values()) {
            const found = await cache.match(request);
            if (found) return found;
          }
        },
      },
      location: { origin },
      fetch: (request: string | { url: string }) => this.answer(pathOf(request)),
      URL,
    });
  }

  get cache(): FakeCache {
    return this.caches.get('warsha-shell-2')!;
  }

  async install(): Promise<void> {
    await this.tell('install')();
    await this.tell('activate')();
  }

  /** Opens a page: its answer, and all that the worker goes on doing. */
  visit(path: string): { answer: Promise<Response>; done: Promise<unknown> } {
    const request = { url: origin + path, method: 'GET', mode: 'navigate' };
    let answer!: Promise<Response>;
    const done = this.tell('fetch', { request, respondWith: (given: Promise<Response>) => (answer = given) });
    return { answer, done: answer.then(done, () => {}) };
  }

  /** Gives what resolves when the worker has done all that it asked the browser to wait for. */
  private tell(name: string, event: object = {}): () => Promise<unknown> {
    const waited: Promise<unknown>[] = [];
    this.listeners.get(name)!({ ...event, waitUntil: (promise: Promise<unknown>) => waited.push(promise) });
    return () => Promise.all(waited);
  }

  private async answer(path: string): Promise<Response> {
    if (this.held !== null && path.startsWith(this.held)) return new Promise(() => {});
    // The room's page is the same for each workshop.
    const file = this.files[path.startsWith('/room/') ? '/room' : path];
    if (file instanceof Error) throw file;
    if (file === undefined) return new Response('', { status: 404 });
    return new Response(file, { headers: { ETag: file } });
  }
}

const lost = new TypeError('no network');
let browser: Browser;
beforeEach(() => void (browser = new Browser()));

describe('the pages that are kept on the device', () => {
  test('open without network, with all their files', async () => {
    await browser.install();
    expect([...browser.cache.kept.keys()].sort()).toEqual(Object.keys(build(1)).sort());
    browser.files = Object.fromEntries(Object.keys(browser.files).map((path) => [path, lost]));
    const answer = await browser.visit('/room/w').answer;
    expect(await answer.text()).toContain('room-1.js');
  });

  test('of a new build are shown before their files are kept', async () => {
    await browser.install();
    browser.files = build(2);
    browser.held = '/assets/';
    const answer = await browser.visit('/room/w').answer;
    expect(await answer.text()).toContain('room-2.js');
  });

  test('stay those of the build before until all files of the new one are there', async () => {
    await browser.install();
    browser.files = { ...build(2), '/assets/later-2.js': lost };
    await browser.visit('/room/w').done;
    expect(await browser.cache.kept.get('/room')!.clone().text()).toContain('room-1.js');
    browser.files = build(2);
    await browser.visit('/room/w').done;
    expect(await browser.cache.kept.get('/room')!.clone().text()).toContain('room-2.js');
    expect(browser.cache.kept.has('/assets/later-2.js')).toBe(true);
  });

  test('leave no files of builds that are gone, but those of the one before, which may still be open', async () => {
    await browser.install();
    for (const n of [2, 3]) {
      browser.files = build(n);
      for (const path of ['/', '/room/w']) await browser.visit(path).done;
    }
    const files = [...browser.cache.kept.keys()].filter((path) => path.includes('room-')).sort();
    expect(files).toEqual(['/assets/room-2.js', '/assets/room-3.js']);
  });

  test('of a worker that kept them otherwise are given up', async () => {
    browser.caches.set('warsha-shell-1', new FakeCache());
    await browser.install();
    expect([...browser.caches.keys()]).toEqual(['warsha-shell-2']);
  });
});
