import { SvelteMap } from 'svelte/reactivity';
import { temporaryCodes } from '../generated/codes';
import type { ServerMessage, Presence, Snapshot, Welcome } from '../generated/protocol';
import { ask, Problem } from '../http';
import type { Entry, EntryStore } from '../outbox/store';
import { uuidv7 } from '../uuid';
import { Board, type Mine } from './board.svelte';
import { Connection } from './connection';

export type As = 'participant' | 'staff' | 'screen';
type Fields = Record<string, unknown> & { action: string };

const retryMs = 2_000;
const keepBoardMs = 5_000;

/**
 * One workshop, live: its board, the connection to it, and the commands that wait for their
 * acknowledgement. A command is written to the store before it goes on the wire, and leaves it when the
 * server has it on disk; after any loss it is sent again with the same id, which the server knows.
 */
export class LiveWorkshop {
  board = new Board();
  /** live: events arrive; away: not connected, coming back; refused: no access (any more). */
  state = $state<'starting' | 'live' | 'away' | 'refused'>('starting');
  you = $state.raw<Welcome['you'] | null>(null);
  presence = $state.raw<Pick<Presence, 'people' | 'writing'> | null>(null);
  readOnly = $state(false);
  /** Commands not yet acknowledged, in the order they were given. */
  outbox = new SvelteMap<string, Entry>();
  /** The last rejection of a command that nothing on the page shows by itself. */
  complaint = $state.raw<{ code: string; action: string } | null>(null);
  /** Server time minus this device's. */
  private clockOffset = $state(0);

  private connection: Connection;
  private audience: 'staff' | 'room';
  private keepTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private restored: Promise<void>;

  constructor(
    readonly id: string,
    readonly as: As,
    private readonly store: EntryStore,
  ) {
    this.audience = as === 'staff' ? 'staff' : 'room';
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.connection = new Connection(`${scheme}://${location.host}/live/${id}?as=${as}`, {
      open: () => void this.hello(),
      message: (message) => this.take(message),
      lost: (final) => this.lost(final),
    });
    this.restored = this.restore();
  }

  start(): void {
    this.connection.start();
  }

  stop(): void {
    clearTimeout(this.keepTimer);
    clearTimeout(this.retryTimer);
    this.connection.stop();
  }

  /** Server time now, in ms. */
  now(): number {
    return Date.now() + this.clockOffset;
  }

  /** Keeps a command and sends it as soon as there is a way. Resolves when it is safe on this device. */
  async send(fields: Fields): Promise<string> {
    const id = uuidv7();
    const entry: Entry = {
      id,
      workshop: this.id,
      command: $state.snapshot(fields) as Fields,
      state: 'waiting',
      at: Date.now(),
    };
    await this.store.put(entry);
    this.outbox.set(id, entry);
    this.transmit(entry);
    return id;
  }

  /** Takes a rejected command out of the outbox, for good. */
  async dismiss(id: string): Promise<void> {
    this.outbox.delete(id);
    await this.store.remove(id);
  }

  typing(): void {
    if (this.state === 'live') this.connection.send({ type: 'typing' });
  }

  // --- Coming back --------------------------------------------------------------------------------

  private async restore(): Promise<void> {
    for (const entry of await this.store.all(this.id)) this.outbox.set(entry.id, entry);
    const kept = (await this.store.readBoard(this.id)) as
      { snapshot: Snapshot; mine: Mine[]; supports: string[] } | undefined;
    if (!kept || this.board.loaded) return;
    this.board.read(kept.snapshot);
    for (const own of kept.mine) this.board.mine.set(own.id, own);
    for (const id of kept.supports) this.board.supported.add(id);
  }

  private async hello(): Promise<void> {
    await this.restored;
    if (!this.board.loaded) {
      // No resume point: the server would only send us for the snapshot.
      await this.fetchSnapshot(`/api/workshops/${this.id}/snapshot?audience=${this.audience}`);
      return;
    }
    this.connection.send({
      type: 'hello',
      client: 'web',
      resume: { epoch: this.board.epoch, seq: this.board.seq },
    });
  }

  private async fetchSnapshot(path: string): Promise<void> {
    try {
      this.board.read(await ask<Snapshot>('GET', path));
      await this.hello();
    } catch (error) {
      if (error instanceof Problem && [401, 403, 404].includes(error.status)) return this.lost(4501);
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => void this.fetchSnapshot(path), retryMs);
    }
  }

  private lost(final?: number): void {
    this.state = final === undefined ? 'away' : 'refused';
    if (final !== undefined) this.connection.stop();
  }

  // --- What the server says -----------------------------------------------------------------------

  private take(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        this.welcome(message);
        break;
      case 'events':
        if (!this.board.take(message)) return void this.hello();
        this.keepSoon();
        break;
      case 'ack':
        void this.acknowledged(message.id, message.receipt);
        break;
      case 'reject':
        void this.rejected(message.id, message.code);
        break;
      case 'tick':
        this.clockOffset = message.time - Date.now();
        if (message.seq > this.board.seq && this.state === 'live') void this.hello();
        break;
      case 'presence':
        this.presence = message;
        break;
      case 'status':
        this.readOnly = message.read_only;
        if (!message.read_only) this.transmitAll();
        break;
      case 'resync':
        void this.fetchSnapshot(message.snapshot);
        break;
      case 'bye':
        this.connection.comeBackAfter(message.retry_after_ms);
        break;
    }
  }

  private welcome(message: Welcome): void {
    this.clockOffset = message.time - Date.now();
    this.you = message.you;
    this.readOnly = message.read_only;
    this.board.welcome(message);
    // What the server has needs no place here any more: an ack may have been lost on its way.
    for (const own of message.mine.contributions)
      if (this.outbox.get(own.id)?.command.action === 'contribute') void this.dismiss(own.id);
    if (message.epoch !== this.board.epoch) return; // a resync follows
    this.state = 'live';
    this.transmitAll();
    this.keepNow();
  }

  private async acknowledged(id: string, receipt?: string): Promise<void> {
    const entry = this.outbox.get(id);
    if (!entry) return;
    this.remember(entry, receipt);
    this.outbox.delete(id);
    await this.store.remove(id);
    this.keepSoon();
  }

  /** The ack may come before the event: what it means for me is shown at once. */
  private remember(entry: Entry, receipt?: string): void {
    const { command } = entry;
    if (command.action === 'contribute' && receipt)
      this.board.mine.set(entry.id, {
        id: entry.id,
        receipt,
        kind: command.kind as Mine['kind'],
        state: 'shown',
        text: command.text as string,
      });
    if (command.action === 'support') {
      if (command.on) this.board.supported.add(command.contribution as string);
      else this.board.supported.delete(command.contribution as string);
    }
  }

  private async rejected(id: string | undefined, code: string): Promise<void> {
    const entry = id ? this.outbox.get(id) : undefined;
    if (!entry) return;
    if (temporaryCodes.has(code)) {
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => this.transmitAll(), retryMs);
      return;
    }
    this.complaint = { code, action: entry.command.action };
    // Words somebody wrote stay until they decide; a click that failed has nothing to keep.
    if (entry.command.action !== 'contribute' && entry.command.action !== 'edit')
      return this.dismiss(entry.id);
    const kept: Entry = { ...entry, state: 'rejected', code };
    this.outbox.set(entry.id, kept);
    await this.store.put(kept);
  }

  private transmit(entry: Entry): void {
    if (this.state === 'live' && entry.state === 'waiting')
      this.connection.send({ type: 'command', id: entry.id, ...entry.command });
  }

  private transmitAll(): void {
    for (const entry of this.outbox.values()) this.transmit(entry);
  }

  private keepSoon(): void {
    this.keepTimer ??= setTimeout(() => this.keepNow(), keepBoardMs);
  }

  private keepNow(): void {
    clearTimeout(this.keepTimer);
    this.keepTimer = undefined;
    // A copy: what the store takes must not change under it.
    if (this.as === 'participant')
      void this.store.writeBoard(this.id, JSON.parse(JSON.stringify(this.board.keep())));
  }
}
