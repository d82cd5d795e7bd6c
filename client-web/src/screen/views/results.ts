import type { Contribution, Kind } from '$lib/generated/protocol';
import type { Board } from '$lib/live/board.svelte';
import { figureOf } from '$lib/live/contributions';
import { mostSupportedFirst, standing, type Standing } from '../standing';

/** What a room decided, the most supported first; also what only hands or paper were counted for. */
export function bestFirst(board: Pick<Board, 'contributions' | 'resultsOf'>, kind: Kind): Standing[] {
  const counted = ({ counted }: Contribution) => (counted?.hands ?? 0) + (counted?.paper ?? 0) > 0;
  return standing(board)
    .filter(({ contribution: one }) => one.kind === kind && (figureOf(one) > 0 || counted(one)))
    .sort(mostSupportedFirst);
}
