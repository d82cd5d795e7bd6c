import { SvelteMap } from 'svelte/reactivity';
import { temporaryCodes } from '../generated/codes';
import type {
  Ack,
  Events,
  Kind,
  Presence,
  Reject,
  ServerMessage,
  Snapshot,
  Welcome,
} from '../generated/protocol';
import { ask, Problem } from '../http';
import type { Entry, EntryStore } from '../outbox/store';
import { uuidv7 } from '../uuid';
import { Board, type Mine, type Missing } from './board.svelte';
import { Connection } from './connection';
import { keep, restore } from './kept';
import { Signals } from './signals.svelte';

export type As = 'participant' | 'staff' | 'screen';
type Fields = Record<string, unknown> & { action: string };
/** How a command ended. */
export type Outcome =
  | { ok: true; id: string; seq: number; receipt?: string }
  | { ok: false; id: string; code: string; field?: string; limit?: number };

const retryMs = 2_000;
/** What concerns a whole table is asked for by its people at different moments. */
const askWithinMs = 1_500;
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
  /** Slow mode: the time on this device when what waits may be sent. */
  slowUntil = $state<number | null>(null);
  readonly signals: Signals;
  /** Server time minus this device's. */
  private clockOffset = $state(0);

  private connection: Connection;
  private audience: 'staff' | 'room';
  private keepTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private askTimer: ReturnType<typeof setTimeout> | undefined;
  private toAsk: Missing = 'mine';
  private awaited = new Map<string, (outcome: Outcome) => void>();
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
    this.signals = new Signals(
      (message) => void (this.state === 'live' && this.connection.send(message)),
      () => this.board.alias,
    );
    this.restored = this.restore();
  }

  start(): void {
    this.connection.start();
  }

  stop(): void {
    clearTimeout(this.keepTimer);
    clearTimeout(this.retryTimer);
    clearTimeout(this.askTimer);
    this.signals.stop();
    this.connection.stop();
  }

  /** Server time now, in ms. */
  now(): number {
    return Date.now() + this.clockOffset;
  }

  /** Keeps a command and sends it as soon as there is a way. Resolves when it is safe on this device. */
  async send(fields: Fields): Promise<string> {
    const id = uuidv7();
    await this.give(id, fields);
    return id;
  }

  /** The same, for who shows the answer: resolves with it, and a rejection is no `complaint`. */
  perform(fields: Fields): Promise<Outcome> {
    const id = uuidv7();
    return new Promise((resolve, reject) => {
      this.awaited.set(id, resolve);
      this.give(id, fields).catch(reject);
    });
  }

  private async give(id: string, fields: Fields): Promise<void> {
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
  }

  /** Takes a rejected command out of the outbox, for good. */
  async dismiss(id: string): Promise<void> {
    this.outbox.delete(id);
    await this.store.remove(id);
  }

  /** Supports that one may still give to this kind when all that waits is given; null: as many as one likes. */
  supportsLeft(kind: Kind): number | null {
    const supported = new Set(this.board.supported);
    for (const { command, state } of this.outbox.values()) {
      if (command.action !== 'support' || state !== 'waiting') continue;
      if (command.on) supported.add(command.contribution as string);
      else supported.delete(command.contribution as string);
    }
    return this.board.supportsLeft(kind, supported);
  }

  typing(): void {
    if (this.state === 'live') this.connection.send({ type: 'typing' });
  }

  // --- Coming back --------------------------------------------------------------------------------

  private async restore(): Promise<void> {
    for (const entry of await this.store.all(this.id)) this.outbox.set(entry.id, entry);
    const kept = await this.store.readBoard(this.id);
    if (!this.board.loaded) restore(this.board, kept);
  }

  private async hello(): Promise<void> {
    await this.restored;
    if (!this.board.loaded) {
      // No resume point: the server would only send us for the snapshot.
      await this.fetchSnapshot(this.snapshotPath());
      return;
    }
    this.connection.send({
      type: 'hello',
      client: 'web',
      resume: { epoch: this.board.epoch, seq: this.board.seq },
    });
  }

  private snapshotPath(): string {
    return `/api/workshops/${this.id}/snapshot?audience=${this.audience}`;
  }

  /** Asks for what the events did not tell. */
  private askSoon(missing: Missing): void {
    if (missing === 'board' || this.askTimer === undefined) this.toAsk = missing;
    this.askTimer ??= setTimeout(() => {
      this.askTimer = undefined;
      if (this.state !== 'live') return; // coming back, it says hello
      void (this.toAsk === 'board' ? this.fetchSnapshot(this.snapshotPath()) : this.hello());
    }, Math.random() * askWithinMs);
  }

  private async fetchSnapshot(path: string): Promise<void> {
    try {
      this.board.read(await ask<Snapshot>('GET', path));
      clearTimeout(this.askTimer);
      this.askTimer = undefined;
      await this.hello();
    } catch (error) {
      if (error instanceof Problem && [401, 403, 404].includes(error.status)) return this.lost(4501);
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => void this.fetchSnapshot(path), retryMs);
    }
  }

  private lost(final?: number): void {
    this.state = final === undefined ? 'away' : 'refused';
    this.signals.lost();
    if (final !== undefined) this.connection.stop();
  }

  // --- What the server says -----------------------------------------------------------------------

  private take(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        this.welcome(message);
        break;
      case 'events':
        this.events(message);
        break;
      case 'ack':
        void this.acknowledged(message);
        break;
      case 'reject':
        void this.rejected(message);
        break;
      case 'tick':
        this.clockOffset = message.time - Date.now();
        if (message.seq > this.board.seq && this.state === 'live') void this.hello();
        break;
      case 'presence':
        this.presence = message;
        break;
      case 'signals':
        this.signals.take(message);
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

  private events(message: Events): void {
    if (!this.board.take(message)) return void this.hello();
    const missing = this.board.takeMissing();
    if (missing) this.askSoon(missing);
    this.keepSoon();
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
    const wasAway = this.state !== 'live';
    this.state = 'live';
    if (wasAway) this.signals.again();
    this.transmitAll();
    this.keepNow();
  }

  private async acknowledged({ id, seq, receipt }: Ack): Promise<void> {
    const entry = this.outbox.get(id);
    if (!entry) return;
    this.remember(entry, receipt);
    this.outbox.delete(id);
    this.answer({ ok: true, id, seq, ...(receipt === undefined ? {} : { receipt }) });
    await this.store.remove(id);
    this.keepSoon();
  }

  /** Tells who awaits it. Gives whether there was somebody. */
  private answer(outcome: Outcome): boolean {
    const resolve = this.awaited.get(outcome.id);
    this.awaited.delete(outcome.id);
    resolve?.(outcome);
    return resolve !== undefined;
  }

  /** The ack may come before the event: what it means for me is shown at once. */
  private remember({ id, command }: Entry, receipt?: string): void {
    const { cards, drafts, tables } = this.board;
    const about = command.contribution as string;
    switch (command.action) {
      case 'contribute':
        this.slowUntil = null;
        if (receipt) this.own(id, receipt, command.kind as Mine['kind'], command.text as string);
        break;
      case 'draft.hand_in': {
        const draft = drafts.get(command.draft as string) ?? cards.all.get(id);
        if (receipt && draft) this.own(id, receipt, draft.kind, draft.text);
        break;
      }
      case 'edit':
        // The event has no words for the room while the contribution is not shown.
        cards.own(about, { text: command.text as string, reword_note: undefined });
        break;
      case 'support':
        if (command.on) cards.supported.add(about);
        else cards.supported.delete(about);
        break;
      case 'rate':
        cards.ratings.set(about, {
          impact: command.impact as number,
          feasibility: command.feasibility as number,
        });
        break;
      case 'table.sit':
        tables.mySeat = command.table as string;
        break;
    }
  }

  private own(id: string, receipt: string, kind: Mine['kind'], text?: string): void {
    const state = this.board.contributions.get(id)?.state ?? 'shown';
    this.board.mine.set(id, { id, receipt, kind, state, ...(text === undefined ? {} : { text }) });
  }

  private async rejected({ id, code, field, limit }: Reject): Promise<void> {
    const entry = id ? this.outbox.get(id) : undefined;
    if (!entry) return;
    if (temporaryCodes.has(code)) return this.tryAgain(code, limit);
    const awaited = this.answer({
      ok: false,
      id: entry.id,
      code,
      ...(field === undefined ? {} : { field }),
      ...(limit === undefined ? {} : { limit }),
    });
    if (!awaited) this.complaint = { code, action: entry.command.action };
    // Words somebody wrote stay until they decide; a click that failed has nothing to keep.
    if (entry.command.action !== 'contribute' && entry.command.action !== 'edit')
      return this.dismiss(entry.id);
    const kept: Entry = { ...entry, state: 'rejected', code };
    this.outbox.set(entry.id, kept);
    await this.store.put(kept);
  }

  private tryAgain(code: string, limit?: number): void {
    const slowMs = code === 'slow_mode' && limit !== undefined ? limit * 1_000 : null;
    if (slowMs !== null) this.slowUntil = Date.now() + slowMs;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.transmitAll(), slowMs ?? retryMs);
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
    if (this.as === 'participant') void this.store.writeBoard(this.id, keep(this.board));
  }
}
