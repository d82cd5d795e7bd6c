import { t } from '$lib/i18n/index.svelte';
import { isFree, screeningCriteria, type Reviewed, type Screening } from './api';
import type { Desk } from './desk.svelte';

/** How far apart people are on a criterion. */
export function rangeOf(
  screenings: readonly Screening[],
  criterion: (typeof screeningCriteria)[number],
): number {
  const values = screenings.map((one) => one[criterion]);
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

/** Said of the words as they are now. */
export const ofTheseWords = ({ screenings }: Reviewed): Screening[] =>
  screenings.filter(({ of_old_words }) => !of_old_words);

/** Two steps of five or more on any criterion. */
export const isDisputed = (one: Reviewed): boolean =>
  screeningCriteria.some((criterion) => rangeOf(ofTheseWords(one), criterion) > 1);

/** Two people judge each. */
export const enough = 2;
/** How many did, of the words as they are now. */
export const ratedOf = (one: Reviewed): number => ofTheseWords(one).length;
export const isThin = (one: Reviewed): boolean => ratedOf(one) < enough;

/** Deciding on what fewer than two people rated is asked back, once for the same contributions. */
export class AskBack {
  private asked = '';

  /** Throws the question, in words, if there is one. */
  about(contributions: readonly Reviewed[]): void {
    const thin = contributions.filter(isThin).map(({ id }) => id);
    const now = thin.sort().join(',');
    if (thin.length === 0 || now === this.asked) return;
    this.asked = now;
    throw t('screening.thin', { count: thin.length });
  }
}

const hasOwn = (one: Reviewed) => ofTheseWords(one).some(({ own }) => own);

/** The parts of the work, and what is in each. */
export const shelves = {
  todo: (one: Reviewed) => isFree(one) && !hasOwn(one) && isThin(one),
  disputed: (one: Reviewed) => isFree(one) && isDisputed(one),
  decide: (one: Reviewed) => isFree(one) && (hasOwn(one) || !isThin(one)),
  revised: (one: Reviewed) => isFree(one) && one.revised !== undefined,
  returned: (one: Reviewed) => one.state === 'returned',
  refused: (one: Reviewed) => one.state === 'refused',
} satisfies Record<string, (one: Reviewed) => boolean>;
export type Shelf = keyof typeof shelves;

/** What can be done with several contributions at once. */
export const together = ['propose', 'refuse'] as const;
const several = (act: (typeof together)[number]) => `${act}:several:`;
const idsOf = (key: string) => key.slice(key.lastIndexOf(':') + 1).split(',');

/** The form about these contributions and no others. */
export const keyOf = (act: (typeof together)[number], ids: readonly string[]): string =>
  several(act) + [...ids].sort().join(',');

/** Others are selected: the forms that are open go along, and without any they are put away. */
export function reselect(desk: Desk, before: readonly string[], ids: readonly string[]): void {
  for (const act of together) {
    const key = keyOf(act, before);
    if (!desk.isOpen(key)) continue;
    if (ids.length > 0) desk.move(key, keyOf(act, ids));
    else desk.close(key);
  }
}

/** What was begun about several of these contributions and is not before the eyes, and what of them it is still about. */
export const draftsOf = (desk: Desk, contributions: readonly Reviewed[], selected: readonly string[]) =>
  together.flatMap((act) =>
    desk
      .unsentOf(several(act))
      .filter((key) => key !== keyOf(act, selected))
      .map((key) => ({ act, key, about: contributions.filter(({ id }) => idsOf(key).includes(id)) }))
      .filter(({ about }) => about.length > 0)
      .map(({ act, key, about }) => ({
        act,
        key,
        ids: about.filter(({ state }) => state === 'waiting').map(({ id }) => id),
      })),
  );
