import { describe, expect, test, vi } from 'vitest';
import { deviceStore, type Entry } from '../../../client-web/src/lib/outbox/store';

/** What the browser's database does in a test: keeps, or fails as one does that is full or gone. */
const device = vi.hoisted(() => ({
  entries: new Map<string, unknown>(),
  boards: new Map<string, unknown>(),
  fails: false,
  opened: 0,
}));

vi.mock('../../../client-web/node_modules/idb/build/index.js', () => {
  const attempt = async <Result>(act: () => Result): Promise<Result> => {
    if (device.fails) throw new DOMException('full', 'QuotaExceededError');
    return act();
  };
  const of = (name: string) => (name === 'outbox' ? device.entries : device.boards);
  return {
    openDB: async () => {
      device.opened++;
      return {
        getAllFromIndex: () => attempt(() => [...device.entries.values()]),
        get: (name: string, key: string) => attempt(() => of(name).get(key)),
        put: (name: string, value: { id: string }, key = value.id) => attempt(() => of(name).set(key, value) && key),
        delete: (name: string, key: string) => attempt(() => void of(name).delete(key)),
      };
    },
  };
});

const entry: Entry = { id: '1', workshop: 'w', command: { action: 'contribute' }, state: 'waiting', at: 1 };

function made({ fails = false } = {}) {
  device.entries.clear();
  device.fails = fails;
  device.opened = 0;
  return deviceStore();
}

describe('what waits on the device', () => {
  test('is there for the next page, until it is removed', async () => {
    const store = made();
    await store.put(entry);
    expect(await deviceStore().all('w')).toEqual([entry]);
    await store.remove('1');
    expect(await deviceStore().all('w')).toEqual([]);
  });

  test('lives as long as the page where the device takes nothing', async () => {
    const store = made({ fails: true });
    await store.put(entry);
    expect(await store.all('w')).toEqual([entry]);
    await store.remove('1');
    expect(await store.all('w')).toEqual([]);
    await store.writeBoard('w', {});
    expect(await store.readBoard('w')).toBeUndefined();
  });

  test('is kept again once the device takes it: it is asked again', async () => {
    const store = made({ fails: true });
    await store.put(entry);
    device.fails = false;
    await store.put({ ...entry, id: '2', at: 2 });
    expect([...device.entries.keys()]).toEqual(['2']);
    expect((await store.all('w')).map(({ id }) => id)).toEqual(['1', '2']);
    expect(device.opened).toBe(2);
  });
});
