import { SvelteMap } from 'svelte/reactivity';
import { temporaryCodes } from '../generated/codes';
import type { Ack, Reject } from '../generated/protocol';
import type { Entry, EntryStore } from '../outbox/store';
import { uuidv7 } from '../uuid';

export type Fields = Record<string, unknown> & { action: string };
/** How a command ended. */
export type Outcome =
  | { ok: true; id: string; seq: number; receipt?: string }
  | { ok: false; id: string; code: string; field?: string; limit?: number };

const retryMs = 2_000;

interface Way {
  /** On the wire, if there is one now. */
  send(message: object): void;
  /** The server has this command on disk. */
  kept(entry: Entry, ack: Pick<Ack, 'receipt' | 'result'>): void;
}

/**
 * The commands that wait for their acknowledgement. One is written to the store before it goes on the wire,
 * and leaves it when the server has it on disk; after any loss it is sent again with the same id, which the
 * server knows.
 */
export class Commands {
  /** In the order they were given. */
  outbox = new SvelteMap<string, Entry>();
  /** Slow mode: the time on this device when what waits may be sent. */
  slowUntil = $state<number | null>(null);

  private complained = $state.raw<{ code: string; action: string } | null>(null);
  /** How many commands had been given when the complaint arose. */
  private complainedAfter = 0;
  private given = 0;
  /** The place of each that waits among those given since this page was opened. */
  private order = new Map<string, number>();
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private awaited = new Map<string, (outcome: Outcome) => void>();

  constructor(
    private readonly workshop: string,
    private readonly store: EntryStore,
    private readonly way: Way,
  ) {}

  /**
   * The last rejection of a command that nothing on the page shows by itself, until one like it that was given since
   * is taken.
   */
  get complaint(): { code: string; action: string } | null {
    return this.complained;
  }
  set complaint(complaint: { code: string; action: string } | null) {
    this.complained = complaint;
    this.complainedAfter = this.given;
  }

  async restore(): Promise<void> {
    for (const entry of await this.store.all(this.workshop)) this.outbox.set(entry.id, entry);
  }

  stop(): void {
    clearTimeout(this.retryTimer);
  }

  /** Resolves when it is safe on this device. */
  async send(fields: Fields): Promise<string> {
    const id = uuidv7();
    await this.put(id, fields);
    return id;
  }

  /** The same, for who shows the answer: resolves with it, and a rejection is no `complaint`. */
  perform(fields: Fields, id = uuidv7()): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.awaited.set(id, resolve);
      this.put(id, fields).catch(reject);
    });
  }

  /** The same, for who has a next step: resolves with whether it was taken, and a rejection is a `complaint`. */
  async attempt(fields: Fields): Promise<boolean> {
    const outcome = await this.perform(fields);
    if (!outcome.ok) this.complaint = { code: outcome.code, action: fields.action };
    return outcome.ok;
  }

  async dismiss(id: string): Promise<void> {
    this.outbox.delete(id);
    this.order.delete(id);
    await this.store.remove(id);
  }

  /** What becomes of these supports when all that waits is given. */
  supportsAfter(supported: Iterable<string>): Set<string> {
    const after = new Set(supported);
    for (const { command, state } of this.outbox.values()) {
      if (command.action !== 'support' || state !== 'waiting') continue;
      if (command.on) after.add(command.contribution as string);
      else after.delete(command.contribution as string);
    }
    return after;
  }

  async acknowledged({ id, seq, receipt, result }: Omit<Ack, 'type'>): Promise<void> {
    const entry = this.outbox.get(id);
    if (!entry) return;
    if (entry.command.action === 'contribute') this.slowUntil = null;
    if (this.answers(entry)) this.complaint = null;
    this.way.kept(entry, { ...(receipt && { receipt }), ...(result && { result }) });
    this.answer({ ok: true, id, seq, ...(receipt === undefined ? {} : { receipt }) });
    await this.dismiss(id);
  }

  async rejected({ id, code, field, limit }: Reject): Promise<void> {
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
    // A draft's editor sees by itself what became of its edits, also of those from before a reload.
    if (!awaited && entry.command.action !== 'draft.change')
      this.complaint = { code, action: entry.command.action };
    // Words somebody wrote stay until they decide; a click that failed has nothing to keep.
    if (entry.command.action !== 'contribute' && entry.command.action !== 'edit')
      return this.dismiss(entry.id);
    const kept: Entry = { ...entry, state: 'rejected', code };
    this.outbox.set(entry.id, kept);
    await this.store.put(kept);
  }

  sendAll(): void {
    for (const entry of this.outbox.values()) this.transmit(entry);
  }

  /** What was given before the complaint arose, or with what was refused, says nothing of it. */
  private answers({ id, command }: Entry): boolean {
    return command.action === this.complaint?.action && (this.order.get(id) ?? 0) > this.complainedAfter;
  }

  private async put(id: string, fields: Fields): Promise<void> {
    this.order.set(id, ++this.given);
    const entry: Entry = {
      id,
      workshop: this.workshop,
      command: $state.snapshot(fields) as Fields,
      state: 'waiting',
      at: Date.now(),
    };
    await this.store.put(entry);
    this.outbox.set(id, entry);
    this.transmit(entry);
  }

  private transmit(entry: Entry): void {
    if (entry.state === 'waiting') this.way.send({ type: 'command', id: entry.id, ...entry.command });
  }

  /** Tells who awaits it. Gives whether there was somebody. */
  private answer(outcome: Outcome): boolean {
    const resolve = this.awaited.get(outcome.id);
    this.awaited.delete(outcome.id);
    resolve?.(outcome);
    return resolve !== undefined;
  }

  private tryAgain(code: string, limit?: number): void {
    const slowMs = code === 'slow_mode' && limit !== undefined ? limit * 1_000 : null;
    if (slowMs !== null) this.slowUntil = Date.now() + slowMs;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.sendAll(), slowMs ?? retryMs);
  }
}
