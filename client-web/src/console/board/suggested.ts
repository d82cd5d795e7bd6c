import type { Contribution, Theme } from '$lib/generated/protocol';
import { figureOf } from '$lib/live/contributions';
import { fold } from '$lib/text/fold';

export interface Suggestions {
  duplicates: { contributions: string[]; likeness: number }[];
  headings: { title: string; contributions: string[] }[];
}

/** What a refusal is remembered by: the cards, and of a heading its words. */
export const keyOf = (contributions: readonly string[]): string => [...contributions].sort().join();
export const keyOfHeading = (title: string): string => `#${fold(title)}`;

/** A standing, shown card that is no part of another. */
const stands = (one: Contribution | undefined) => one?.state === 'shown' && one.merged_into === undefined;

/** What is still open of what was suggested: not refused, not done, by nobody. */
export function stillOpen(
  found: Suggestions,
  contributions: ReadonlyMap<string, Contribution>,
  refused: ReadonlySet<string>,
): Suggestions {
  const get = (id: string) => contributions.get(id);
  return {
    duplicates: found.duplicates
      .filter((group) => !refused.has(keyOf(group.contributions)))
      .map((group) => ({ ...group, contributions: group.contributions.filter((id) => stands(get(id))) }))
      .filter((group) => group.contributions.length > 1),
    headings: found.headings
      .filter((group) => !refused.has(keyOfHeading(group.title)))
      .map((group) => ({
        ...group,
        contributions: group.contributions.filter((id) => stands(get(id)) && get(id)!.theme === undefined),
      }))
      .filter((group) => group.contributions.length > 1),
  };
}

/** The theme that already has this name, however it is written. */
export const themeNamed = (themes: readonly Theme[], title: string): Theme | undefined =>
  themes.find((theme) => fold(theme.title) === fold(title));

/** Of cards that say the same, the one to keep on top: the most supported, then the first. */
export function bestHead(ids: readonly string[], contributions: ReadonlyMap<string, Contribution>): string {
  const weight = (id: string) => {
    const one = contributions.get(id);
    return one ? figureOf(one) : 0;
  };
  return [...ids].sort((a, b) => weight(b) - weight(a))[0]!;
}
