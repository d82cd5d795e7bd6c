import type { Entry } from '$lib/outbox/store';

/** What became of what one sent last, as it is said where one typed it. */
export type Sent =
  | { how: 'kept'; receipt: string }
  | { how: 'refused'; code: string }
  | { how: 'sending' | 'waiting' | 'slow' };

interface Way {
  live: boolean;
  readOnly: boolean;
  slow: boolean;
}

/**
 * What is still in the outbox is said also after a reload; kept is only what has left it for the server's disk.
 * `last`: what was sent on this page, until it is kept and something else is typed.
 */
export function sentState(
  outbox: Iterable<Entry>,
  last: string | null,
  mine: ReadonlyMap<string, { receipt: string }>,
  way: Way,
): Sent | null {
  const entry = [...outbox].filter(({ command }) => command.action === 'contribute').at(-1);
  const own = last === null ? undefined : mine.get(last);
  // A refusal stays until somebody has dealt with it, but says nothing of what was sent after it.
  if (own && (!entry || entry.id < last!)) return { how: 'kept', receipt: own.receipt };
  if (!entry) return null;
  if (entry.state === 'rejected') return { how: 'refused', code: entry.code ?? '' };
  return { how: !way.live || way.readOnly ? 'waiting' : way.slow ? 'slow' : 'sending' };
}
