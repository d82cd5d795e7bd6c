import { isFree, screeningCriteria, type Reviewed, type Screening } from './api';

/** How far apart people are on a criterion. */
export function rangeOf(
  screenings: readonly Screening[],
  criterion: (typeof screeningCriteria)[number],
): number {
  const values = screenings.map((one) => one[criterion]);
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

/** Two steps of five or more on any criterion. */
export const isDisputed = ({ screenings }: Reviewed): boolean =>
  screeningCriteria.some((criterion) => rangeOf(screenings, criterion) > 1);

/** Two people judge each. */
const enough = 2;
const hasOwn = ({ screenings }: Reviewed) => screenings.some(({ own }) => own);

/** The parts of the work, and what is in each. */
export const shelves = {
  todo: (one: Reviewed) => isFree(one) && !hasOwn(one) && one.screenings.length < enough,
  disputed: (one: Reviewed) => isFree(one) && isDisputed(one),
  decide: (one: Reviewed) => isFree(one) && (hasOwn(one) || one.screenings.length >= enough),
  revised: (one: Reviewed) => isFree(one) && one.revised !== undefined,
  returned: (one: Reviewed) => one.state === 'returned',
  refused: (one: Reviewed) => one.state === 'refused',
} satisfies Record<string, (one: Reviewed) => boolean>;
export type Shelf = keyof typeof shelves;
