import type { Contribution } from '$lib/generated/protocol';

/**
 * The order in which one person weighs: what the fewest have seen first, and among equals another order for each
 * person, so that no card is at the top of every phone. The same person is given the same order for the same figures.
 */
export function fairOrder(
  cards: Contribution[],
  seen: Readonly<Record<string, number>>,
  person: string,
): Contribution[] {
  const keyed = cards.map((card) => ({ card, seen: seen[card.id] ?? 0, lot: lotOf(`${person}${card.id}`) }));
  keyed.sort((a, b) => a.seen - b.seen || a.lot - b.lot || (a.card.id < b.card.id ? -1 : 1));
  return keyed.map(({ card }) => card);
}

/** FNV-1a, then the end of MurmurHash3: ids that differ in one digit draw lots that have nothing in common. */
function lotOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
