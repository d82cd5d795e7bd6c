import type { TextEdit } from '../generated/protocol';
import { uuidv7 } from '../uuid';
import type { Answer, Cursor, DraftChannel, DraftEnd } from './channel';
import { DraftSession, type Heard, type Kept } from './draft-session';
import * as edits from './edit';
import { Pace } from './pace';

/** What survives a reload: the copy, the server's life it belongs to, and the aliases it was written under. */
export interface KeptDraft extends Kept {
  epoch: string;
  aliases: string[];
}

/**
 * kept: the server has everything. sending: on its way. offline: waits on this device. too_long: waits until it is
 * shorter. refused: waits because of `refusal`. ended: nobody can write here any more.
 */
export type WritingState = 'kept' | 'sending' | 'offline' | 'too_long' | 'refused' | 'ended';

/** Time and chance, so that tests have their own. `after` gives back what cancels it. */
export interface Surroundings {
  now(): number;
  after(ms: number, act: () => void): () => void;
  makeId(): string;
}
export const realSurroundings: Surroundings = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  makeId: () => uuidv7(),
};

export interface WriterEvents {
  /** The view changed by what others did (the edit of it). */
  view(edit: TextEdit): void;
  /** Something of `state`, `refusal`, `company`, `carets`, `ending` may be another. */
  change(): void;
  /** To be kept for a reload; null: nothing that the server has not. */
  keep(kept: KeptDraft | null): void;
}

/** Refusals that follow from the edit and the revision it was made on: another copy of the command can't fare better. */
const isForGood = (code: string): boolean =>
  ['stale_revision', 'draft_too_long', 'invalid_value', 'id_reused'].includes(code) ||
  code.startsWith('text_');

const startedMs = -1e9;
const refusedMs = 10_000;

/** A draft's copy (`DraftSession`) at work: connected with its workshop, sending at its pace, kept for a reload. */
export class DraftWriter {
  refusal: string | null = null;
  ending: { how: DraftEnd; contribution?: string } | null = null;

  private session: DraftSession;
  private epoch: string;
  private aliases: Set<string>;
  private stopListening: () => void;
  private cancelTimer: (() => void) | null = null;
  private pace = new Pace();
  private lastTried = startedMs;
  private hurry = false;
  /** The command under way was refused for a reason that may pass. */
  private mustRepeat = false;
  private ownCaret: number | null = null;
  private settling: (() => void)[] = [];
  private stopped = false;

  constructor(
    private readonly channel: DraftChannel,
    private readonly events: WriterEvents,
    kept: KeptDraft | null = null,
    private readonly around: Surroundings = realSurroundings,
  ) {
    const known = channel.current();
    this.epoch = kept?.epoch ?? known?.epoch ?? '';
    this.aliases = new Set(kept?.aliases);
    this.session = new DraftSession(
      (who) => who === channel.me() || this.aliases.has(who),
      kept ?? known ?? { text: '', revision: 0 },
    );
    this.stopListening = channel.listen({
      heard: (heard) => this.heard(heard),
      replaced: () => this.replaced(),
      answered: (id, answer) => this.answered(id, answer),
      ended: (how, contribution) => this.end(how, contribution),
      cursors: () => this.events.change(),
      connection: () => this.connection(),
    });
    // Sent before the reload, perhaps: with the same id, so that it can't happen twice.
    if (this.session.command) channel.send(this.session.command);
    if (!known) this.end('gone');
    else if (kept) this.replaced();
    this.schedule();
  }

  get view(): string {
    return this.session.view;
  }
  get unsent(): string {
    return this.session.unsent;
  }
  get tooLong(): number {
    return this.session.tooLong;
  }
  get state(): WritingState {
    if (this.ending) return 'ended';
    if (this.session.settled) return 'kept';
    if (this.session.tooLong > 0) return 'too_long';
    if (this.refusal) return 'refused';
    return this.channel.connected() ? 'sending' : 'offline';
  }

  /** The carets of others, in code points of the view. */
  carets(): Cursor[] {
    return this.channel.cursors().map((cursor) => ({ ...cursor, at: this.session.placeInView(cursor.at) }));
  }

  /** The person edited what they see. */
  type(edit: TextEdit): void {
    if (edits.isNothing(edit)) return;
    this.session.type(edit);
    this.refusal = null;
    this.changed();
  }

  /** The person's caret, in code points of the view; null when it is not in the text. */
  caret(at: number | null): void {
    this.ownCaret = at;
    this.tellCaret();
  }

  /** As one sees it oneself: where it is in the server's text as soon as what is on its way has arrived. */
  private tellCaret(): void {
    this.channel.cursor(this.ownCaret === null ? null : Math.min(edits.mostCodePoints, this.ownCaret));
  }

  /** Sends what waits without a pause: the field was left, or somebody is about to hand the text in. */
  flush(): void {
    this.hurry = true;
    this.schedule();
  }

  /** Resolves when the server has everything that was typed. */
  settled(): Promise<void> {
    if (this.session.settled) return Promise.resolve();
    this.flush();
    return new Promise((resolve) => this.settling.push(resolve));
  }

  stop(): void {
    this.stopped = true;
    this.cancelTimer?.();
    this.stopListening();
    this.channel.cursor(null);
  }

  // --- What the workshop says -----------------------------------------------------------------------

  private heard(heard: Heard): void {
    if (heard.who !== this.channel.me()) this.pace.heard(heard.who, this.around.now());
    this.changed(this.session.hear(heard));
  }

  private replaced(): void {
    const known = this.channel.current();
    if (!known) return this.end('gone');
    const restored = this.epoch !== known.epoch;
    this.epoch = known.epoch;
    this.changed(this.session.read(known, restored ? 'restored' : 'next'));
  }

  private answered(id: string, answer: Answer): void {
    if (this.session.command?.id !== id) return;
    if (answer.ok) {
      this.refusal = null;
      this.changed(this.session.acknowledged(id, answer.seq));
    } else if (answer.code === 'stale_revision') {
      this.changed(this.session.refused(id, answer.limit));
    } else {
      // A reused id is nobody's fault here and is mended by another one.
      this.refusal = answer.code === 'id_reused' ? null : answer.code;
      this.mustRepeat = !isForGood(answer.code);
      this.changed(this.mustRepeat ? edits.nothing : this.session.refused(id));
    }
  }

  private end(how: DraftEnd, contribution?: string): void {
    if (this.ending) return;
    this.ending = { how, contribution };
    this.channel.cursor(null);
    this.changed();
  }

  private connection(): void {
    const me = this.channel.me();
    if (me) this.aliases.add(me);
    this.refusal = null;
    this.changed();
    this.repeat();
  }

  // --- Sending --------------------------------------------------------------------------------------

  private changed(view: TextEdit = edits.nothing): void {
    if (this.stopped) return;
    view = edits.compose(view, this.mend());
    if (!edits.isNothing(view)) {
      if (this.ownCaret !== null) this.ownCaret = edits.place(this.ownCaret, view);
      this.events.view(view);
    }
    this.events.keep(this.session.settled || this.ending ? null : this.kept());
    this.schedule();
    this.events.change();
    if (this.session.settled || this.ending) {
      this.hurry = false;
      for (const resolve of this.settling.splice(0)) resolve();
    }
  }

  /** Two texts of one revision that differ can only come of a fault somewhere: the server's is right. */
  private mend(): TextEdit {
    const known = this.channel.current();
    if (!known || known.epoch !== this.epoch) return edits.nothing;
    const here = this.session.known;
    const differ = known.revision === here.revision && known.text !== here.text;
    return differ || this.session.lost ? this.session.read(known, 'again') : edits.nothing;
  }

  private kept(): KeptDraft {
    return { ...this.session.keep(), epoch: this.epoch, aliases: [...this.aliases] };
  }

  private schedule(): void {
    if (this.stopped) return;
    this.cancelTimer?.();
    this.cancelTimer = null;
    if (this.ending || this.session.settled || !this.channel.connected()) return;
    if (this.session.command && !this.mustRepeat) return;
    const now = this.around.now();
    const patient = this.refusal !== null || this.session.command !== null;
    const next = patient
      ? this.lastTried + refusedMs
      : this.pace.next(
          this.channel.cursors().map(({ who }) => who),
          this.hurry,
          now,
        );
    const left = next - now;
    if (left <= 0) return this.sendOrRepeat();
    this.cancelTimer = this.around.after(left, () => {
      this.cancelTimer = null;
      // What happened meanwhile may have changed the moment.
      this.schedule();
    });
  }

  private sendOrRepeat(): void {
    if (this.session.command) this.repeat();
    else this.send();
  }

  private repeat(): void {
    if (!this.session.command || !this.mustRepeat || !this.channel.connected()) return;
    this.mustRepeat = false;
    this.lastTried = this.around.now();
    this.channel.send(this.session.command);
  }

  private send(): void {
    const me = this.channel.me();
    if (me) this.aliases.add(me);
    const command = this.session.send(this.around.makeId);
    if (!command) return;
    this.lastTried = this.around.now();
    this.pace.sent(this.lastTried);
    // Before it goes: after a reload it must be known under which id.
    this.events.keep(this.kept());
    this.channel.send(command);
    this.tellCaret();
  }
}
