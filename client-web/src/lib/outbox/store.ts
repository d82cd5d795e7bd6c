import { openDB, type IDBPDatabase } from 'idb';

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

export function deviceStore(): EntryStore {
  let opening: Promise<IDBPDatabase | null> | null = null;
  const database = () =>
    (opening ??= openDB('warsha', 1, {
      upgrade(db) {
        db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('workshop', 'workshop');
        db.createObjectStore('boards');
      },
    }).catch(() => null));
  const memory = memoryStore();
  return {
    async all(workshop) {
      const db = await database();
      if (!db) return memory.all(workshop);
      const entries: Entry[] = await db.getAllFromIndex('outbox', 'workshop', workshop);
      return entries.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    },
    async put(entry) {
      const db = await database();
      await (db ? db.put('outbox', entry) : memory.put(entry));
    },
    async remove(id) {
      const db = await database();
      await (db ? db.delete('outbox', id) : memory.remove(id));
    },
    async readBoard(workshop) {
      return (await database())?.get('boards', workshop);
    },
    async writeBoard(workshop, board) {
      await (await database())?.put('boards', board, workshop);
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
