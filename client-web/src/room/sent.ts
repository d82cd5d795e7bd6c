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
 * What is still in the outbox comes first, also after a reload: kept is only what has left it for the server's disk.
 * `last`: what was sent on this page, until something else is typed.
 */
export function sentState(
  outbox: Iterable<Entry>,
  last: string | null,
  mine: ReadonlyMap<string, { receipt: string }>,
  way: Way,
): Sent | null {
  const entry = [...outbox].filter(({ command }) => command.action === 'contribute').at(-1);
  if (entry?.state === 'rejected') return { how: 'refused', code: entry.code ?? '' };
  if (entry) return { how: !way.live || way.readOnly ? 'waiting' : way.slow ? 'slow' : 'sending' };
  const own = last === null ? undefined : mine.get(last);
  return own ? { how: 'kept', receipt: own.receipt } : null;
}
