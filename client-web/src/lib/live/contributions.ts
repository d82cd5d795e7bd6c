import type { Contribution } from '../generated/protocol';

/** Whether its words are before the room. */
export const isShown = ({ state, veiled }: Contribution): boolean => state === 'shown' && !veiled;

/** All who support it or what was merged into it, each once; also of what was never merged. Unknown while it is hidden. */
export const supportFigure = ({ together, supports }: Contribution): number | undefined =>
  together ?? supports;
/** The same, of what is shown or weighed only where there is support. */
export const figureOf = (one: Contribution): number => supportFigure(one) ?? 0;

/** The most supported first; of equals, who was there first. */
export const byFigure = (one: Contribution, other: Contribution): number =>
  figureOf(other) - figureOf(one) || one.seq - other.seq;
