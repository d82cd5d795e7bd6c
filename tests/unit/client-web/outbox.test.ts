import { afterEach, describe, expect, test, vi } from 'vitest';
import { deviceStore, type Entry } from '../../../client-web/src/lib/outbox/store';

const entry: Entry = { id: '1', workshop: 'w', command: { action: 'contribute' }, state: 'waiting', at: 1 };

/** What these stores need of a browser's database, which keeps, or fails as one does that is full. */
class Device {
  fails = false;
  opened = 0;
  readonly outbox = new Map<string, Entry>();
  private readonly boards = new Map<string, unknown>();

  constructor() {
    vi.stubGlobal('indexedDB', { open: () => this.open() });
  }

  private open() {
    this.opened++;
    const request = { result: { transaction: (name: string) => this.transaction(name) }, onsuccess: () => {} };
    setTimeout(() => request.onsuccess());
    return request;
  }

  private transaction(name: string) {
    const transaction = { error: null as Error | null, oncomplete: () => {}, onabort: () => {}, objectStore };
    const kept = (name === 'outbox' ? this.outbox : this.boards) as Map<string, unknown>;
    const request = <Result>(act: () => Result) => {
      const made: { result?: Result } = {};
      setTimeout(() => {
        if (this.fails) {
          transaction.error = new DOMException('full', 'QuotaExceededError');
          return transaction.onabort();
        }
        made.result = act();
        transaction.oncomplete();
      });
      return made;
    };
    function objectStore() {
      return {
        index: () => ({ getAll: () => request(() => [...kept.values()]) }),
        get: (key: string) => request(() => kept.get(key)),
        put: (value: unknown, key = (value as Entry).id) => request(() => void kept.set(key, value)),
        delete: (key: string) => request(() => void kept.delete(key)),
      };
    }
    return transaction;
  }
}

afterEach(() => vi.unstubAllGlobals());

describe('what waits on the device', () => {
  test('is there for the next page, until it is removed', async () => {
    new Device();
    const store = deviceStore();
    await store.put(entry);
    expect(await deviceStore().all('w')).toEqual([entry]);
    await store.remove('1');
    expect(await deviceStore().all('w')).toEqual([]);
    await store.writeBoard('w', { seq: 3 });
    expect(await deviceStore().readBoard('w')).toEqual({ seq: 3 });
  });

  test('lives as long as the page where there is no storage', async () => {
    const store = deviceStore();
    await store.put(entry);
    expect(await store.all('w')).toEqual([entry]);
    await store.remove('1');
    expect(await store.all('w')).toEqual([]);
    await store.writeBoard('w', {});
    expect(await store.readBoard('w')).toBeUndefined();
  });

  test('lives as long as the page where the device takes nothing, and is kept again once it does', async () => {
    const device = new Device();
    device.fails = true;
    const store = deviceStore();
    await store.put(entry);
    expect(await store.all('w')).toEqual([entry]);
    device.fails = false;
    await store.put({ ...entry, id: '2', at: 2 });
    expect([...device.outbox.keys()]).toEqual(['2']);
    expect((await store.all('w')).map(({ id }) => id)).toEqual(['1', '2']);
    expect(device.opened).toBe(3);
    await store.remove('1');
    expect((await store.all('w')).map(({ id }) => id)).toEqual(['2']);
  });
});
