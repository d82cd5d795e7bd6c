import type { Contribution } from '$lib/generated/protocol';
import type { Board } from '$lib/live/board.svelte';
import { byFigure, figureOf } from '$lib/live/contributions';

/** What stands on a projector by itself, with the results that are expected of it if it is a solution. */
export interface Standing {
  contribution: Contribution;
  results: Contribution[];
}

/** Never words that the room may not read: they are not here at all. */
export const readable = (one: Contribution | undefined): one is Contribution & { text: string } =>
  one?.state === 'shown' && one.text !== undefined;

export const mostSupportedFirst = ({ contribution: a }: Standing, { contribution: b }: Standing): number =>
  byFigure(a, b);

/**
 * Readable heads, in their order. What is expected of a solution stands with it, and with the head of its group; a
 * result stands by itself only where no solution that it follows from does.
 */
export function standing(board: Pick<Board, 'contributions' | 'resultsOf'>): Standing[] {
  const heads = [...board.contributions.values()]
    .filter((one) => readable(one) && one.merged_into === undefined)
    .map((contribution) => ({
      contribution,
      results: contribution.kind === 'solution' ? board.resultsOf(contribution.id) : [],
    }));
  const placed = new Set(heads.flatMap(({ results }) => results));
  return heads.filter(({ contribution }) => !placed.has(contribution));
}

/**
 * What a table handed in, as far as the room reads it, in its order: also what was merged into another's since. A result
 * stands with its solution, and by itself where the table handed in none that it follows from.
 */
export function broughtBy(board: Pick<Board, 'contributions' | 'resultsOf'>, table: string): Standing[] {
  const own = [...board.contributions.values()].filter((one) => one.table === table && readable(one));
  const brought = own.map((contribution) => ({
    contribution,
    results: contribution.kind === 'solution' ? board.resultsOf(contribution.id) : [],
  }));
  const placed = new Set(brought.flatMap(({ results }) => results.map(({ id }) => id)));
  return brought.filter(({ contribution }) => !placed.has(contribution.id));
}

/** Letters that a card of the projector holds, its solution and the first result in any case. */
const mostLetters = 1_000;

/** The results that fit on a card beside their solution. */
export function onOneCard({ contribution, results }: Standing): Contribution[] {
  let letters = contribution.text?.length ?? 0;
  return results.filter((one, index) => (letters += one.text?.length ?? 0) <= mostLetters || index === 0);
}

/** Tells a card from the others, and how it was from how it is where that makes it higher. */
export const looksOf = (one: Standing): string =>
  [one.contribution.id, one.contribution.text, String(figureOf(one.contribution)).length, one.results.length]
    .concat(onOneCard(one).map(({ text }) => text))
    .join(' ');
