import type { Contribution, Kind } from '$lib/generated/protocol';

/** What a room decided, the most supported first: heads of groups with the figure of all who support any of theirs. */
export function bestFirst(
  contributions: Iterable<Contribution>,
  kind: Kind,
): { contribution: Contribution; figure: number }[] {
  return [...contributions]
    .filter((one) => one.kind === kind && one.state === 'shown' && one.text !== undefined && !one.merged_into)
    .map((contribution) => ({ contribution, figure: contribution.together ?? contribution.supports ?? 0 }))
    .filter(({ figure }) => figure > 0)
    .sort((a, b) => b.figure - a.figure || a.contribution.seq - b.contribution.seq);
}
