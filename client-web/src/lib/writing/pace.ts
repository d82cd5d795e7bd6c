import * as edits from './edit';
import type { Cursor } from './channel';
import type { Heard } from './draft-session';

/** Alone, a person sees no others wait: what is typed goes in few commands, each of which is an event for ever. */
export const aloneMs = 700;
/** With others: soon enough to be seen as typing, and below limits.hpp's kCommandsPerSecond. */
export const togetherMs = 150;
const longestMs = 1_200;
/** Somebody who wrote this recently is writing. */
const writingMs = 5_000;
/** Somebody who wrote or was seen this recently is there. */
const presentMs = 10_000;
/** Overtaken for so long, or seen to write for so long without a word arriving: does not come to its turn. */
const starvingMs = 1_500;
/** The others then leave a pause, which is enough for a round trip on a bad network, or longer if it was not ... */
const pauseMs = 1_600;
const longestPauseMs = 4_000;
/** ... and write for so long before the next one. */
const betweenPausesMs = 1_600;

/**
 * When one of several writers sends. The server takes an edit of the present revision only, so who is overtaken during
 * a round trip has to try again; among people who write without a pause, a slow network would never come to its turn.
 * So the more write, the longer each waits after its turn. And because everybody sees carets move, everybody sees
 * somebody whose caret moves while no word of theirs arrives: then those who come to their turn pause for a moment.
 */
export class Pace {
  private lastSent = -1e9;
  private overtakenSince: number | null = null;
  private pauseUntil = -1e9;
  private wrote = new Map<string, number>();
  private carets = new Map<string, number>();
  /** Whose caret moved, and since when, without a word of theirs. */
  private movedSince = new Map<string, number>();

  sent(now: number): void {
    this.lastSent = now;
  }
  /** One's own edit was taken. */
  taken(): void {
    this.overtakenSince = null;
  }
  overtaken(now: number): void {
    this.overtakenSince ??= now;
  }

  /** An edit, of oneself too: carets move by it without anybody moving them. */
  heard({ who, edit }: Heard, isMe: boolean, now: number): void {
    for (const [other, at] of this.carets) this.carets.set(other, edits.place(at, edit));
    this.movedSince.delete(who);
    this.carets.delete(who);
    if (!isMe) this.wrote.set(who, now);
  }

  /** The carets of others as they are now. */
  seen(cursors: Cursor[], now: number): void {
    const here = new Set(cursors.map(({ who }) => who));
    for (const who of [...this.carets.keys()])
      if (!here.has(who)) {
        this.carets.delete(who);
        this.movedSince.delete(who);
      }
    for (const { who, at } of cursors) {
      const before = this.carets.get(who);
      this.carets.set(who, at);
      if (before !== undefined && before !== at && !this.movedSince.has(who)) this.movedSince.set(who, now);
    }
  }

  /** The moment from which the next command may go. */
  next(cursors: Cursor[], hurry: boolean, now: number): number {
    const here = new Set(cursors.map(({ who }) => who));
    let writing = 0;
    for (const [who, at] of this.wrote) {
      if (now - at <= presentMs) here.add(who);
      if (now - at <= writingMs) writing++;
    }
    if (here.size === 0) return this.lastSent + (hurry ? togetherMs : aloneMs);
    if (hurry || this.overtakenSince !== null) {
      const starving = this.overtakenSince !== null && now - this.overtakenSince > starvingMs;
      return Math.max(this.lastSent + togetherMs, hurry || starving ? 0 : this.pause(now));
    }
    const turn = Math.min(longestMs, togetherMs * Math.max(1, writing));
    return Math.max(this.lastSent + turn, this.pause(now));
  }

  /** Until when to let somebody else come to their turn. */
  private pause(now: number): number {
    if (now > this.pauseUntil + betweenPausesMs) {
      const longest = now - Math.min(now, ...this.movedSince.values());
      if (longest > starvingMs)
        this.pauseUntil = now + Math.min(longestPauseMs, Math.max(pauseMs, longest / 2));
    }
    return this.pauseUntil;
  }
}
