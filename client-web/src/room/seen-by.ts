import { ask } from '$lib/http';

export type Seen = Readonly<Record<string, number>>;

/** Longer, nobody waits to read: without the figures each person's own order is fair enough. */
const patienceMs = 1_500;
const known = new Map<string, Promise<Seen>>();

/**
 * How many people had each card before their eyes; nothing where that can't be learnt soon. The same all through a
 * phase, so that who comes back to the board finds what they read where it was.
 */
export function seenBy(workshop: string, phase: string): Promise<Seen> {
  const key = `${workshop} ${phase}`;
  const before = known.get(key);
  if (before) return before;
  const late = new Promise<Seen>((resolve) => setTimeout(() => resolve({}), patienceMs));
  const told = ask<{ seen: Seen }>('GET', `/api/workshops/${workshop}/seen`).then(({ seen }) => seen);
  const figures = Promise.race([told, late]).catch(() => ({}));
  known.set(key, figures);
  return figures;
}
