import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Watch } from '../../../../../client-web/src/console/overview/watch.svelte';

const body = { consultation: { id: 'c' }, time: Date.now() + 5_000, workshops: [] };
const answer = (status: number, etag = '"1"') =>
  ({ ok: status === 200, status, json: async () => body, headers: new Headers({ ETag: etag }) }) as Response;

let asked: RequestInit[];
let next: () => Promise<Response>;
const fetch = (_: string, options: RequestInit) => {
  asked.push(options);
  return next();
};
const tagAsked = (n: number) => (asked[n]!.headers as Record<string, string>)['If-None-Match'];

beforeEach(() => {
  asked = [];
  next = async () => answer(200);
  vi.useFakeTimers();
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener() {}, removeEventListener() {} });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('it asks every two seconds, for what is new', async () => {
  const watch = new Watch('c', fetch);
  watch.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(watch.state).toBe('live');
  expect(tagAsked(0)).toBeUndefined();
  next = async () => answer(304);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(tagAsked(1)).toBe('"1"');
  expect(watch.state).toBe('live');
  expect(watch.overview).toEqual(body);
  watch.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(2);
});

test('it counts by the clock of the server', async () => {
  const watch = new Watch('c', fetch);
  body.time = Date.now() + 5_000;
  await watch.ask();
  expect(watch.now() - Date.now()).toBe(5_000);
  watch.stop();
});

test('a lost connection keeps the last figures and is asked for at growing distances', async () => {
  const watch = new Watch('c', fetch);
  await watch.ask();
  next = () => Promise.reject(new TypeError('no network'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(watch.state).toBe('away');
  expect(watch.overview).toEqual(body);
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(3_900);
  expect(asked.length).toBe(before);
  next = async () => answer(200);
  await vi.advanceTimersByTimeAsync(200);
  expect(watch.state).toBe('live');
  watch.stop();
});

test.each([
  [401, 'signedOut'],
  [403, 'refused'],
  [404, 'missing'],
])('%i is the end of it', async (status, state) => {
  next = async () => answer(status);
  const watch = new Watch('c', fetch);
  await watch.ask();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([watch.state, asked.length]).toEqual([state, 1]);
});

test('a page that nobody looks at asks for nothing', async () => {
  vi.stubGlobal('document', { ...document, visibilityState: 'hidden' });
  const watch = new Watch('c', fetch);
  await watch.ask();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(1);
});
