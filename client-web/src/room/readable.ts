import type { Contribution } from '$lib/generated/protocol';
import { isShown } from '$lib/live/contributions';

type Own = { has(id: string): boolean };

/** Whether it has a card of its own on the board: what has no words for the reader is only counted. */
export function hasCard(one: Contribution, mine: Own): boolean {
  if (one.state === 'withdrawn' || one.merged_into !== undefined) return false;
  return mine.has(one.id) || one.state === 'hidden' || isShown(one);
}

/** How many contributions of others the reader knows of and can't read yet. */
export function unread(all: Contribution[], mine: Own): { veiled: number; waiting: number } {
  let veiled = 0;
  let waiting = 0;
  for (const one of all)
    if (mine.has(one.id)) continue;
    else if (one.state === 'waiting') waiting++;
    else if (one.state === 'shown' && one.veiled) veiled++;
  return { veiled, waiting };
}
