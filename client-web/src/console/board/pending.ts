import type { LiveWorkshop } from '$lib/live/workshop.svelte';
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
type Outbox = Pick<ReadonlyMap<string, Pick<Entry, 'command'>>, 'values'>;
export const nothingPending: Pending = { count: 0, cards: new Set() };

/** The changes of the board that cannot be sent now. With a connection they are on their way, and nothing is said. */
export function waitingIn(live: Pick<LiveWorkshop, 'state' | 'readOnly'> & { outbox: Outbox }): Pending {
  return live.state === 'live' && !live.readOnly ? nothingPending : pendingIn(live.outbox.values());
}

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
