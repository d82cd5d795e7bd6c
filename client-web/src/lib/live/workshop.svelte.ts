import type { Events, Kind, Presence, ServerMessage, Snapshot, Welcome } from '../generated/protocol';
import { ask, Problem } from '../http';
import type { EntryStore } from '../outbox/store';
import { Board, type Missing } from './board.svelte';
import { Commands, type Fields, type Outcome } from './commands.svelte';
import { Connection } from './connection';
import { keep, restore } from './kept';
import { Knocking } from './knocking';
import { remember } from './own-changes';
import { Signals } from './signals.svelte';

export type As = 'participant' | 'staff' | 'screen';
export type { Outcome };

const retryMs = 2_000;
/** The close code of who has no access (any more). */
const noAccess = 4501;
/** What concerns a whole table is asked for by its people at different moments. */
const askWithinMs = 1_500;
const keepBoardMs = 5_000;

const refuses = (error: unknown): error is Problem =>
  error instanceof Problem && [401, 403, 404].includes(error.status);
const noSession = 401;

/** One workshop, live: its board, the connection to it, and the commands that wait for their acknowledgement. */
export class LiveWorkshop {
  board = new Board();
  /** live: events arrive; away: not connected, coming back; refused: no access (any more). */
  state = $state<'starting' | 'live' | 'away' | 'refused'>('starting');
  /** Refused for want of a session, and not for want of a role. */
  signedOut = $state(false);
  you = $state.raw<Welcome['you'] | null>(null);
  presence = $state.raw<Pick<Presence, 'people' | 'unwritten' | 'writing'> | null>(null);
  readOnly = $state(false);
  /** Why the board could not be fetched; it is tried again. */
  trouble = $state<string | null>(null);
  readonly commands: Commands;
  readonly signals: Signals;
  /** Server time minus this device's. */
  private clockOffset = $state(0);

  private connection: Connection;
  private audience: 'staff' | 'room';
  private keepTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private askTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly knocking = new Knocking(() => void this.askEntry());
  /** Until the server welcomes this page, whatever is answered over HTTP. */
  private shutOut = false;
  private stopped = false;
  private toAsk: Missing = 'mine';
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
      lost: ({ final, unopened }) => this.lost(final, unopened),
    });
    const send = (message: object) => void (this.state === 'live' && this.connection.send(message));
    this.signals = new Signals(send, () => this.board.alias);
    this.commands = new Commands(id, store, {
      send,
      kept: (entry, ack) => {
        remember(this.board, entry, ack);
        this.keepSoon();
      },
    });
    this.restored = this.restore();
  }

  start(): void {
    this.connection.start();
  }

  stop(): void {
    this.stopped = true;
    this.knocking.stop();
    clearTimeout(this.keepTimer);
    clearTimeout(this.retryTimer);
    clearTimeout(this.askTimer);
    this.signals.stop();
    this.commands.stop();
    this.connection.stop();
  }

  /** Server time now, in ms. */
  now(): number {
    return Date.now() + this.clockOffset;
  }

  get outbox() {
    return this.commands.outbox;
  }
  get complaint() {
    return this.commands.complaint;
  }
  set complaint(complaint: Commands['complaint']) {
    this.commands.complaint = complaint;
  }
  get slowUntil(): number | null {
    return this.commands.slowUntil;
  }

  /** Keeps a command and sends it as soon as there is a way. Resolves when it is safe on this device. */
  send(fields: Fields): Promise<string> {
    return this.commands.send(fields);
  }

  /** The same, for who shows the answer: resolves with it, and a rejection is no `complaint`. */
  perform(fields: Fields, id?: string): Promise<Outcome> {
    return this.commands.perform(fields, id);
  }

  /** The same, for who has a next step: resolves with whether it was taken, and a rejection is a `complaint`. */
  attempt(fields: Fields): Promise<boolean> {
    return this.commands.attempt(fields);
  }

  /** Takes a rejected command out of the outbox, for good. */
  dismiss(id: string): Promise<void> {
    return this.commands.dismiss(id);
  }

  /** Supports that one may still give to this kind when all that waits is given; null: as many as one likes. */
  supportsLeft(kind: Kind): number | null {
    return this.board.supportsLeft(kind, this.commands.supportsAfter(this.board.supported));
  }

  typing(): void {
    if (this.state === 'live') this.connection.send({ type: 'typing' });
  }

  // --- Coming back --------------------------------------------------------------------------------

  private async restore(): Promise<void> {
    await this.commands.restore();
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
      this.trouble = null;
      clearTimeout(this.askTimer);
      this.askTimer = undefined;
      await this.hello();
    } catch (error) {
      if (refuses(error)) {
        this.signedOut = error.status === noSession;
        return this.lost(noAccess);
      }
      this.trouble = error instanceof Problem ? error.code : 'internal';
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => void this.fetchSnapshot(path), retryMs);
    }
  }

  private lost(final?: number, unopened = false): void {
    if (this.stopped) return; // what was still being asked for came back
    if (final === noAccess) this.shutOut = true;
    this.state = final === undefined && !this.shutOut ? 'away' : 'refused';
    this.signals.lost();
    if (this.state === 'refused') this.connection.stop();
    if (this.shutOut) this.knocking.again();
    else if (unopened) void this.askEntry();
  }

  /**
   * Why a socket was refused no browser tells; the same question over HTTP does. Who is shut out comes in by
   * themselves when they have signed in or joined beside this page.
   */
  private async askEntry(): Promise<void> {
    const answer = await ask('GET', `/api/workshops/${this.id}`).then(
      () => 'welcome' as const,
      (error) => (refuses(error) ? error.status : 'unknown'),
    );
    if (this.stopped) return;
    if (answer !== 'unknown') this.signedOut = answer === noSession;
    if (typeof answer === 'number' && !this.shutOut) {
      this.shutOut = true;
      this.state = 'refused';
      this.connection.stop();
    }
    if (!this.shutOut) return;
    if (answer === 'welcome') this.connection.start();
    else this.knocking.again();
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
        void this.commands.acknowledged(message);
        break;
      case 'reject':
        void this.commands.rejected(message);
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
        if (!message.read_only) this.commands.sendAll();
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
    this.shutOut = false;
    this.knocking.stop();
    this.you = message.you;
    this.readOnly = message.read_only;
    this.board.welcome(message);
    // What the server has needs no place here any more: an ack may have been lost on its way.
    for (const { id, receipt } of message.mine.contributions)
      if (this.outbox.get(id)?.command.action === 'contribute')
        void this.commands.acknowledged({ id, receipt, seq: message.seq });
    if (message.epoch !== this.board.epoch) return; // a resync follows
    const wasAway = this.state !== 'live';
    this.state = 'live';
    if (wasAway) this.signals.again();
    this.commands.sendAll();
    this.keepNow();
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
