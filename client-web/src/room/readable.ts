import type { Contribution } from '$lib/generated/protocol';

type Own = { has(id: string): boolean };

/** Whether it has a card of its own on the board: what has no words for the reader is only counted. */
export function hasCard(one: Contribution, mine: Own): boolean {
  if (one.state === 'withdrawn' || one.merged_into !== undefined) return false;
  return mine.has(one.id) || one.state === 'hidden' || isShown(one);
}

export function isShown(one: Contribution): boolean {
  return one.state === 'shown' && !one.veiled;
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

/** The figure beside a card: a group counts each person once. */
export function supportFigure(one: Contribution): number | undefined {
  return one.together ?? one.supports;
}
