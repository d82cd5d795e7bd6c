import type { Entry } from '$lib/outbox/store';

/** What is done with cards and themes. Of it nothing is given up without a connection: it waits, and is done in its order. */
const ofTheBoard: ReadonlySet<string> = new Set([
  'freeze',
  'merge',
  'moderate',
  'place',
  'reword',
  'theme.add',
  'theme.remove',
  'theme.rename',
  'unmerge',
]);

export interface Pending {
  count: number;
  cards: ReadonlySet<string>;
}
export const nothingPending: Pending = { count: 0, cards: new Set() };

/** The changes of the board that have not been answered, and the cards that they are about. */
export function pendingIn(outbox: Iterable<Pick<Entry, 'command'>>): Pending {
  const changes = [...outbox].map(({ command }) => command).filter(({ action }) => ofTheBoard.has(action));
  return {
    count: changes.length,
    cards: new Set(
      changes.flatMap(({ contribution, contributions = [], into }) =>
        [contribution, into, ...(contributions as unknown[])].filter((id) => typeof id === 'string'),
      ),
    ),
  };
}
