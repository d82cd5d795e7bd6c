import type { Contribution } from '$lib/generated/protocol';

/** What a table brought: each with what is expected of it. */
export interface Brought {
  contribution: Contribution;
  results: Contribution[];
}

/** All that was handed in for a table and not withdrawn, in that order; merged or hidden, it stays its table's. */
export function workOf(contributions: Iterable<Contribution>, table: string): Brought[] {
  const all = [...contributions].filter(({ state }) => state !== 'withdrawn');
  const own = all.filter((one) => one.table === table);
  const solutions = new Set(own.filter(({ kind }) => kind === 'solution').map(({ id }) => id));
  const follows = (one: Contribution) => one.follows_from?.some((id) => solutions.has(id)) ?? false;
  return own
    .filter((one) => one.kind !== 'result' || !follows(one))
    .map((contribution) => ({
      contribution,
      results: all.filter((one) => one.kind === 'result' && one.follows_from?.includes(contribution.id)),
    }));
}
