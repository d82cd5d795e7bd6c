/** A command as it waits for its acknowledgement. */
export interface Entry {
  id: string;
  workshop: string;
  /** The message as it goes on the wire. */
  command: Record<string, unknown> & { action: string };
  /** waiting: on this device only; rejected: will not be kept as it is. Kept entries leave the outbox. */
  state: 'waiting' | 'rejected';
  code?: string;
  at: number;
}

/** Where entries live between reloads. Every function resolves even where the browser keeps nothing. */
export interface EntryStore {
  all(workshop: string): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  remove(id: string): Promise<void>;
  /** The last board seen, so that the page opens without network. */
  readBoard(workshop: string): Promise<unknown>;
  writeBoard(workshop: string, board: unknown): Promise<void>;
}

// By hand, for five calls: the library that does it would be a kilobyte more before a phone shows the room.
function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('warsha', 1);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('workshop', 'workshop');
      db.createObjectStore('boards');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** On the device; what it does not take (no storage, a full one, a lost connection to it) lives as long as the page. */
export function deviceStore(): EntryStore {
  const memory = memoryStore();
  let opening: Promise<IDBDatabase> | undefined;
  /** Resolves with the answer when the device has all of it, and with `otherwise` when it can't. */
  async function attempt<Answer>(
    name: 'outbox' | 'boards',
    act: (store: IDBObjectStore) => IDBRequest<Answer>,
    otherwise: () => unknown = () => {},
  ): Promise<Answer | undefined> {
    try {
      const db = await (opening ??= open());
      return await new Promise((resolve, reject) => {
        const transaction = db.transaction(name, 'readwrite');
        const request = act(transaction.objectStore(name));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error);
      });
    } catch {
      opening = undefined; // the next attempt opens it again
      await otherwise();
    }
  }
  return {
    async all(workshop) {
      const kept = await attempt<Entry[]>('outbox', (store) => store.index('workshop').getAll(workshop));
      return [...(kept ?? []), ...(await memory.all(workshop))].sort(
        (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
      );
    },
    async put(entry) {
      await attempt(
        'outbox',
        (store) => store.put(entry),
        () => memory.put(entry),
      );
    },
    async remove(id) {
      await memory.remove(id);
      await attempt('outbox', (store) => store.delete(id));
    },
    readBoard: (workshop) => attempt('boards', (store) => store.get(workshop)),
    async writeBoard(workshop, board) {
      await attempt('boards', (store) => store.put(board, workshop));
    },
  };
}

/** For staff, whose commands need no life beyond the page, and for tests. */
export function memoryStore(): EntryStore {
  const entries = new Map<string, Entry>();
  return {
    all: async (workshop) => [...entries.values()].filter((entry) => entry.workshop === workshop),
    put: async (entry) => void entries.set(entry.id, { ...entry }),
    remove: async (id) => void entries.delete(id),
    readBoard: async () => undefined,
    writeBoard: async () => {},
  };
}
