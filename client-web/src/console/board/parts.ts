import type { LiveWorkshop } from '$lib/live/workshop.svelte';
import type { Holding } from './holding.svelte';
import type { Selection } from './selection.svelte';

/** What every card of the board looks at. One object, so that a new card costs one property. */
export interface BoardParts {
  live: LiveWorkshop;
  selection: Selection;
  holding: Holding;
  /** The cards that are being dragged. */
  lifted: ReadonlySet<string>;
  /** The cards of which something waits for the connection. */
  readonly pending: ReadonlySet<string>;
  unmerge(head: string, members: string[]): void;
}
