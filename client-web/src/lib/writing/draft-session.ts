/**
 * One person's copy of a text that several write at once. No clock, no network, no page: what is typed, what the
 * server says and what is answered go in; what is to be sent and how the text on the screen changes come out.
 *
 * The server holds the text and its revision, the number of edits it has had. It takes an edit that was made on an
 * earlier revision too, fits it in after those that came since, and tells everybody every edit as it was applied, in one
 * order (schemas/live/README.md, "Drafts").
 *
 * A copy is the server's text as far as it is known here, and two edits on it:
 *
 *     text at `revision`  ──underWay──▶  ──waiting──▶  view: what the person sees
 *
 * `underWay` is a command that was sent and not answered: at most one. `waiting` is everything typed since, as one
 * edit. An edit of somebody else is fitted in below both (`rebase`), which gives what changes on the screen. The server
 * fits the command in after the same edits by the same rule (fit_in in protocol/text_edit.hpp), so that its event is
 * the edit that is under way here by then.
 *
 * **Is it mine?** Events name a person and not a command, and the same person may write on two devices. The answer says
 * it: an `ack` names the place of the command's own event in the workshop's sequence. As long as there is no answer,
 * an event by somebody else is not mine, and is taken; one by me, from this device or another, waits for the answer,
 * with all that follow. There will be one: the command is repeated after every interruption with the same id, and
 * the server acknowledges what it has and never takes an id twice.
 *
 * A refusal is an answer only when it follows from the edit and the revision, as `draft_too_long` does, or
 * `stale_revision`, when more was done since than the server keeps: then what was under way goes back in front of
 * what waits, to be sent on a later revision under a new id. Paused writing, another table and the like pass, and a
 * second copy of the command, sent over a connection that has ended since, may still reach the server then: such a
 * command stays under way, and is repeated as it is.
 *
 * **Snapshots** say the text and the revision but not how it came about. While a command is unanswered, a snapshot
 * waits for the answer too, for it may hold what is under way: it does when it is not older than the command's event.
 * Then what changed between the two texts is found by comparing them, and fitted in as if it were an edit: what I
 * put in is never lost nor doubled, and what I deleted is deleted unless somebody rewrote it.
 *
 * **After a reload** (`keep`, and the constructor's `kept`) the copy is what it was; the command under way is
 * repeated with its id, and the board's text comes as a snapshot.
 */
import type { TextEdit } from '../generated/protocol';
import { codePoints } from '../live/text-edit';
import * as edits from './edit';

export interface Known {
  text: string;
  revision: number;
  /** The workshop's last event that it holds. */
  seq: number;
}
/** A draft.change as it goes on the wire. */
export interface Command {
  id: string;
  revision: number;
  edit: TextEdit;
}
/** A draft.changed: `revision` is the one after it. */
export interface Heard {
  seq: number;
  revision: number;
  edit: TextEdit;
  who: string;
}
/** A command that was sent: as it went, and `fitted` in after what others did since. */
interface UnderWay extends Command {
  fitted: TextEdit;
  /** Of its event, since the server said that it has it. */
  seq?: number;
}
/** What survives a reload. */
export interface Kept extends Omit<Known, 'seq'> {
  underWay: (Command & Partial<UnderWay>) | null;
  waiting: TextEdit;
}
type Ahead = { heard: Heard } | { known: Known };

export class DraftSession {
  private text: string;
  private at: number;
  private underWay: UnderWay | null = null;
  private waiting: TextEdit = edits.nothing;
  /** Told, and not yet taken: whether the first of it holds what is under way is not known. */
  private ahead: Ahead[] = [];
  /** What was told does not fit what is here: the text as a whole has to be read. */
  lost = false;
  /** The server said that it is at this revision: nothing made on an earlier one is worth sending. */
  private present = 0;
  private shown: string;

  /** `isMe`: whether an alias is this person's, under which a command that is under way may have been sent. */
  constructor(
    private readonly isMe: (who: string) => boolean,
    start: Omit<Known, 'seq'> | Kept,
  ) {
    this.text = start.text;
    this.at = start.revision;
    if ('waiting' in start) {
      this.underWay = start.underWay && { fitted: start.underWay.edit, ...start.underWay };
      this.waiting = start.waiting;
    }
    this.shown = edits.apply(edits.apply(this.text, this.underWay?.fitted ?? edits.nothing), this.waiting);
  }

  /** What the person sees. */
  get view(): string {
    return this.shown;
  }
  get command(): Command | null {
    if (!this.underWay) return null;
    const { id, revision, edit } = this.underWay;
    return { id, revision, edit };
  }
  /** Nothing is here that the server has not. */
  get settled(): boolean {
    return this.underWay === null && edits.isNothing(this.waiting);
  }
  /** The server's text as far as it is taken here, under what is not sent. */
  get known(): Omit<Known, 'seq'> {
    return { text: this.text, revision: this.at };
  }
  get tooLong(): number {
    return Math.max(0, codePoints(this.shown) - edits.mostCodePoints);
  }
  /** Words put in here that the server is not known to have. */
  get unsent(): string {
    return edits.wordsOf(edits.compose(this.underWay?.fitted ?? edits.nothing, this.waiting));
  }
  /** Where a place in the server's text is in the view. In code points. */
  placeInView(at: number): number {
    return edits.place(edits.place(at, this.underWay?.fitted ?? edits.nothing), this.waiting);
  }
  keep(): Kept {
    return { text: this.text, revision: this.at, underWay: this.underWay, waiting: this.waiting };
  }

  /** The person edited what they see. */
  type(edit: TextEdit): void {
    this.waiting = edits.compose(this.waiting, edit);
    this.shown = edits.apply(this.shown, edit);
  }

  /** The server told of an edit. Gives what changes in the view. `lost` may be true after it. */
  hear(heard: Heard): TextEdit {
    const latest = this.latest();
    if (heard.revision <= latest || this.lost) return edits.nothing;
    if (heard.revision > latest + 1) {
      this.lost = true;
      return edits.nothing;
    }
    this.ahead.push({ heard });
    return this.advance();
  }

  /**
   * The text as a whole, from a snapshot. again: whatever is known here. restored: of a server that was put back to an
   * earlier time, so that its revision may be a smaller one, and what it acknowledged may be no more. Gives what changes
   * in the view.
   */
  read(known: Known, how: 'next' | 'again' | 'restored' = 'next'): TextEdit {
    if (how === 'next' && known.revision <= this.latest()) return edits.nothing;
    if (how !== 'next') this.present = 0;
    if (how === 'restored' && this.underWay?.seq !== undefined) {
      this.text = edits.apply(this.text, this.underWay.fitted);
      this.underWay = null;
    }
    this.lost = false;
    this.ahead = [{ known }];
    return this.advance();
  }

  /** What is to be sent now, if anything is: it is under way from here on. */
  send(makeId: () => string): Command | null {
    if (this.underWay || this.ahead.length > 0 || this.at < this.present || edits.isNothing(this.waiting))
      return null;
    if (this.tooLong > 0) return null;
    const [edit, rest] = this.nextPart();
    this.underWay = { id: makeId(), revision: this.at, edit, fitted: edit };
    this.waiting = rest;
    return this.command;
  }

  /** The server has the command: `seq` is its event's, which is taken when it is heard. Gives what changes in the view. */
  acknowledged(id: string, seq: number): TextEdit {
    if (this.underWay?.id !== id) return edits.nothing;
    this.underWay.seq = seq;
    return this.advance();
  }

  /**
   * The server refused the command and can't ever take it: see above. What it said waits again, in front of what
   * was typed since. `present`: the revision that the server is at, when that was the reason.
   */
  refused(id: string, present?: number): TextEdit {
    if (this.underWay?.id !== id) return edits.nothing;
    // A server that is behind what it told was put back to an earlier time.
    if (present !== undefined && present < this.at) this.lost = true;
    this.present = Math.max(this.present, present ?? 0);
    this.putBack();
    return this.advance();
  }

  private putBack(): void {
    if (!this.underWay) return;
    this.waiting = edits.compose(this.underWay.fitted, this.waiting);
    this.underWay = null;
  }

  /** As much of what waits as the server takes at once. */
  private nextPart(): [TextEdit, TextEdit] {
    const next = edits.split(this.waiting, edits.mostParts);
    if (!this.outgrows(next[0])) return next;
    // As a whole it fits: so there are deletions beyond this part, and they have to come first.
    const [deletions, insertions] = edits.split(this.waiting, this.waiting.length, true);
    const [some, others] = edits.split(deletions, edits.mostParts);
    return [some, edits.compose(others, insertions)];
  }

  private outgrows(edit: TextEdit): boolean {
    return codePoints(edits.apply(this.text, edit)) > edits.mostCodePoints;
  }

  private latest(): number {
    const last = this.ahead.at(-1);
    return last ? ('heard' in last ? last.heard.revision : last.known.revision) : this.at;
  }

  /** Takes what was told, as far as it is known what it holds. */
  private advance(): TextEdit {
    let changes = edits.nothing;
    for (;;) {
      const next = this.ahead[0];
      if (!next) return changes;
      const { underWay } = this;
      // It may hold, or be, what is under way: see above.
      if (underWay && underWay.seq === undefined && ('known' in next || this.isMe(next.heard.who)))
        return changes;
      if ('heard' in next && !edits.fits(next.heard.edit, this.text)) {
        this.lost = true;
        this.ahead = [];
        return changes;
      }
      this.ahead.shift();
      const own = underWay?.seq !== undefined && holds(next, underWay.seq);
      changes = edits.compose(changes, own ? this.takeOwn(next, underWay.fitted) : this.take(next));
    }
  }

  /** What was under way has arrived: in this event, or in the text that a snapshot says. */
  private takeOwn(next: Ahead, fitted: TextEdit): TextEdit {
    this.underWay = null;
    if ('known' in next) {
      this.text = edits.apply(this.text, fitted);
      return this.change(edits.between(this.text, next.known.text), next.known.revision);
    }
    // Not always as it is here: where a snapshot took the place of events, the server knew better what others did.
    const { edit, revision } = next.heard;
    this.waiting = edits.carried(this.text, fitted, edit, this.waiting);
    this.text = edits.apply(this.text, edit);
    this.at = revision;
    const before = this.shown;
    this.shown = edits.apply(this.text, this.waiting);
    return edits.between(before, this.shown);
  }

  /** What others did. */
  private take(next: Ahead): TextEdit {
    return 'heard' in next
      ? this.change(next.heard.edit, next.heard.revision)
      : this.change(edits.between(this.text, next.known.text), next.known.revision);
  }

  /** Fits an edit of the text in below what is under way and what waits. */
  private change(theirs: TextEdit, revision: number): TextEdit {
    this.text = edits.apply(this.text, theirs);
    this.at = revision;
    if (this.underWay) {
      const fitted = edits.rebase(this.underWay.fitted, theirs);
      this.underWay.fitted = fitted.mine;
      theirs = fitted.theirs;
    }
    const fitted = edits.rebase(this.waiting, theirs);
    this.waiting = fitted.mine;
    this.shown = edits.apply(this.shown, fitted.theirs);
    return fitted.theirs;
  }
}

const holds = (next: Ahead, seq: number): boolean =>
  'heard' in next ? next.heard.seq === seq : next.known.seq >= seq;
