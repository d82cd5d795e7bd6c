/** Alone, a person sees no others wait: what is typed goes in few commands, each of which is an event for ever. */
export const aloneMs = 700;
/** With others: soon enough to be seen as typing, and below limits.hpp's kCommandsPerSecond. */
export const togetherMs = 150;
const longestMs = 1_200;
/** Somebody who wrote this recently is writing. */
const writingMs = 5_000;
/** Somebody who wrote or was seen this recently is there. */
const presentMs = 10_000;

/**
 * When one of several writers sends. One command is under way at a time, so that a slow network sends less often, in
 * longer edits; and the more write, the longer each waits after their turn, so that a text costs the room as many events
 * whether three write in it or eight.
 */
export class Pace {
  private lastSent = -1e9;
  private wrote = new Map<string, number>();

  sent(now: number): void {
    this.lastSent = now;
  }

  /** Somebody else's edit. */
  heard(who: string, now: number): void {
    this.wrote.set(who, now);
  }

  /** The moment from which the next command may go. `here`: whose carets are seen. */
  next(here: string[], hurry: boolean, now: number): number {
    const present = new Set(here);
    let writing = 0;
    for (const [who, at] of this.wrote) {
      if (now - at <= presentMs) present.add(who);
      if (now - at <= writingMs) writing++;
    }
    if (hurry) return this.lastSent + togetherMs;
    if (present.size === 0) return this.lastSent + aloneMs;
    return this.lastSent + Math.min(longestMs, togetherMs * Math.max(1, writing));
  }
}
