import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { uuidv7 } from '../uuid';
import type { KeptDraft } from './draft-writer';

/** What one page has of a draft that the server has not. */
interface Record {
  /** The page that it belongs to. */
  owner: string;
  /** Workshop and draft. */
  place: string;
  kept: KeptDraft;
  at: number;
  /** Its page said that it goes. */
  left: boolean;
}
interface Schema extends DBSchema {
  drafts: { key: string; value: Record };
}

/** Where the browser can't say whether a page is there, one that was silent for so long is not. */
const silentMs = 90_000;
const heartbeatMs = 20_000;
const forgottenMs = 7 * 24 * 3_600_000;

/**
 * Keeps one page's words of one draft over a reload. Two pages of one browser may have the same draft open: each
 * keeps its own, and takes over only what a page left that is there no more, for else the same words would be sent
 * twice. Where the browser keeps nothing, nothing is kept, and all else works.
 */
export class DraftKeeper {
  private readonly owner = uuidv7();
  private readonly place: string;
  private opening: Promise<IDBPDatabase<Schema> | null> | null = null;
  private latest: KeptDraft | null = null;
  private stored = false;
  private writing: Promise<void> | null = null;
  private heartbeat: ReturnType<typeof setInterval> | undefined;
  private releaseLock: () => void = () => {};

  constructor(workshop: string, draft: string) {
    this.place = `${workshop} ${draft}`;
    addEventListener('pagehide', this.leave);
  }

  /** What a page left here that is there no more. It belongs to this one from now on. */
  async claim(): Promise<KeptDraft | null> {
    try {
      await this.lock();
      const present = await this.presentOwners();
      const db = await this.database();
      if (!db) return null;
      const transaction = db.transaction('drafts', 'readwrite');
      const now = Date.now();
      let found: Record | null = null;
      for (const record of await transaction.store.getAll()) {
        if (now - record.at > forgottenMs) await transaction.store.delete(record.owner);
        else if (record.place === this.place && !isPresent(record, present, now))
          if (!found || record.at > found.at) found = record;
      }
      if (found) {
        await transaction.store.delete(found.owner);
        await transaction.store.put({ ...found, owner: this.owner, at: now, left: false });
        this.latest = found.kept;
        this.stored = true;
      }
      await transaction.done;
      return found?.kept ?? null;
    } catch {
      return null;
    }
  }

  /** Keeps this in place of what was kept before; null: nothing any more. */
  keep(kept: KeptDraft | null): void {
    this.latest = kept;
    if (!kept && !this.stored) return;
    this.writing ??= this.write().finally(() => (this.writing = null));
    clearInterval(this.heartbeat);
    if (kept) this.heartbeat = setInterval(() => this.keep(this.latest), heartbeatMs);
  }

  stop(): void {
    clearInterval(this.heartbeat);
    removeEventListener('pagehide', this.leave);
    void (this.writing ?? Promise.resolve()).then(() => this.put(true)).finally(this.releaseLock);
  }

  private leave = (): void => void this.put(true);

  /** Until what is stored is the latest. */
  private async write(): Promise<void> {
    let written: KeptDraft | null | undefined;
    while (written !== this.latest) {
      written = this.latest;
      await this.put(false);
    }
  }

  private async put(left: boolean): Promise<void> {
    try {
      const db = await this.database();
      const kept = this.latest;
      this.stored = kept !== null;
      if (kept) await db?.put('drafts', { owner: this.owner, place: this.place, kept, at: Date.now(), left });
      else await db?.delete('drafts', this.owner);
    } catch {
      // No room, or no storage: the words live as long as the page.
    }
  }

  private database(): Promise<IDBPDatabase<Schema> | null> {
    return (this.opening ??= openDB<Schema>('warsha-writing', 1, {
      upgrade(db) {
        db.createObjectStore('drafts', { keyPath: 'owner' });
      },
    }).catch(() => null));
  }

  /** Held as long as the page lives, so that others can see that it does. */
  private lock(): Promise<void> {
    if (!('locks' in navigator)) return Promise.resolve();
    return new Promise((resolve) => {
      const held = new Promise<void>((release) => (this.releaseLock = release));
      navigator.locks
        .request(lockOf(this.owner), () => {
          resolve();
          return held;
        })
        .catch(() => resolve());
    });
  }

  /** Null where the browser can't say. */
  private async presentOwners(): Promise<Set<string> | null> {
    if (!('locks' in navigator)) return null;
    const { held } = await navigator.locks.query();
    return new Set(held?.map((lock) => lock.name ?? ''));
  }
}

const lockOf = (owner: string): string => `warsha.writing.${owner}`;

function isPresent(record: Record, present: Set<string> | null, now: number): boolean {
  return present ? present.has(lockOf(record.owner)) : !record.left && now - record.at < silentMs;
}
