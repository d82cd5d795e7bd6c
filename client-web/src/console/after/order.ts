import type { Contribution } from '$lib/generated/protocol';

const figure = (one: Contribution): number => one.together ?? one.supports ?? 0;

/** Who has most support first, then who came first. */
export const bestFirst = (contributions: Contribution[]): Contribution[] =>
  [...contributions].sort((one, other) => figure(other) - figure(one) || one.seq - other.seq);
