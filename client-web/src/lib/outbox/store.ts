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

/** On the device; what it does not take (no storage, a full one, a lost connection to it) lives as long as the page. */
export function deviceStore(): EntryStore {
  const memory = memoryStore();
  let opening: Promise<IDBPDatabase> | undefined;
  const database = () =>
    (opening ??= openDB('warsha', 1, {
      upgrade(db) {
        db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('workshop', 'workshop');
        db.createObjectStore('boards');
      },
    }));
  async function attempt<Result>(act: (db: IDBPDatabase) => Promise<Result>): Promise<Result | undefined> {
    try {
      return await act(await database());
    } catch {
      opening = undefined; // the next attempt opens it again
    }
  }
  return {
    async all(workshop) {
      const kept = await attempt<Entry[]>((db) => db.getAllFromIndex('outbox', 'workshop', workshop));
      return [...(kept ?? []), ...(await memory.all(workshop))].sort(
        (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
      );
    },
    async put(entry) {
      if ((await attempt((db) => db.put('outbox', entry))) === undefined) await memory.put(entry);
    },
    async remove(id) {
      await memory.remove(id);
      await attempt((db) => db.delete('outbox', id));
    },
    readBoard: (workshop) => attempt((db) => db.get('boards', workshop)),
    async writeBoard(workshop, board) {
      await attempt((db) => db.put('boards', board, workshop));
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
