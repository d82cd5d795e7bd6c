import type { Contribution, Ground, Theme } from '$lib/generated/protocol';
import { uuidv7 } from '$lib/uuid';
import type { Command } from '../history.svelte';
import { inParts } from '../in-parts';

/** What one step of the facilitator sends, and what undoes it on the board as it is when it is undone. */
export interface Act {
  commands: Command[];
  inverse: (now: Look) => Command[];
}
/** What acts look at: the board, what it will be when all that waits is done, or less in a test. */
export interface Look {
  contributions: ReadonlyMap<string, Contribution>;
  themes: readonly Theme[];
  members(head: string): Contribution[];
}

/** The most contributions that one merge or unmerge names (schemas/live/command.schema.json). */
const atOnce = 20;

const themeOf = (look: Look, id: string) => look.contributions.get(id)?.theme ?? null;
const idsOf = (contributions: Contribution[]) => contributions.map((one) => one.id);
const present = (look: Look, ids: readonly string[]) =>
  ids.filter((id) => look.contributions.has(id) && look.contributions.get(id)!.state !== 'withdrawn');

/** Puts cards under a theme or under none; what was merged into them comes along. */
export function place(look: Look, ids: readonly string[], theme: string | null): Act {
  const moved = present(
    look,
    ids.flatMap((id) => [id, ...idsOf(look.members(id))]),
  ).filter((id) => themeOf(look, id) !== theme);
  const before = new Map(moved.map((id) => [id, themeOf(look, id)]));
  return {
    commands: moved.map((contribution) => ({ action: 'place', contribution, theme })),
    // What somebody moved on since stays where they put it.
    inverse: (now) =>
      present(now, moved)
        .filter((id) => themeOf(now, id) === theme)
        .map((contribution) => {
          const old = before.get(contribution) ?? null;
          const stands = old !== null && now.themes.some((one) => one.id === old);
          return { action: 'place', contribution, theme: stands ? old : null };
        }),
  };
}

/** Asks an author for other words. What they have mended or others asked since stays. */
export function reword(look: Look, id: string, note: string): Act {
  const asked = (now: Look) => now.contributions.get(id)?.reword_note ?? null;
  const before = asked(look);
  return {
    commands: before === note ? [] : [{ action: 'reword', contribution: id, note }],
    inverse: (now) => (asked(now) === note ? [{ action: 'reword', contribution: id, note: before }] : []),
  };
}

/** A new theme with these cards in it. */
export function newTheme(look: Look, title: string, ids: readonly string[]): Act & { theme: string } {
  const theme = uuidv7();
  const placed = place(look, ids, theme);
  return {
    theme,
    commands: [{ id: theme, action: 'theme.add', title }, ...placed.commands],
    inverse: (now) => [
      ...placed.inverse(now),
      ...(now.themes.some((one) => one.id === theme) ? [{ action: 'theme.remove', theme }] : []),
    ],
  };
}

export function renameTheme(look: Look, theme: string, title: string): Act {
  const before = look.themes.find((one) => one.id === theme)?.title ?? title;
  return {
    commands: [{ action: 'theme.rename', theme, title }],
    inverse: (now) =>
      now.themes.find((one) => one.id === theme)?.title === title
        ? [{ action: 'theme.rename', theme, title: before }]
        : [],
  };
}

/** The cards of a removed theme are without one again; undone, a theme of that name takes back those that still are. */
export function removeTheme(look: Look, theme: Theme): Act {
  const within = [...look.contributions.values()]
    .filter((one) => one.theme === theme.id)
    .map((one) => one.id);
  return {
    commands: [{ action: 'theme.remove', theme: theme.id }],
    inverse: (now) => {
      const again = uuidv7();
      return [
        { id: again, action: 'theme.add', title: theme.title },
        ...present(now, within)
          .filter((id) => themeOf(now, id) === null)
          .map((contribution) => ({ action: 'place', contribution, theme: again })),
      ];
    },
  };
}

/** Merges cards into one, whose words stay on top. What was merged into them before goes back to them when undone. */
export function merge(look: Look, into: string, ids: readonly string[]): Act {
  const others = present(look, ids).filter((id) => id !== into);
  const stacks = others.map((id) => ({ head: id, members: idsOf(look.members(id)) }));
  return {
    commands: inParts(others, atOnce).map((contributions) => ({ action: 'merge', into, contributions })),
    inverse: (now) => {
      const within = (id: string) => now.contributions.get(id)?.merged_into === into;
      const apart = stacks.flatMap(({ head, members }) => [head, ...members]).filter(within);
      return [
        ...inParts(apart, atOnce).map((contributions) => ({ action: 'unmerge', contributions })),
        ...stacks.flatMap(({ head, members }) =>
          inParts(
            members.filter((id) => apart.includes(id)),
            atOnce,
          ).map((contributions) => ({
            action: 'merge',
            into: head,
            contributions,
          })),
        ),
      ];
    },
  };
}

export function unmerge(look: Look, head: string, ids: readonly string[]): Act {
  return {
    commands: inParts(ids, atOnce).map((contributions) => ({ action: 'unmerge', contributions })),
    inverse: (now) =>
      inParts(
        present(now, ids).filter((id) => now.contributions.get(id)?.merged_into === undefined),
        atOnce,
      ).map((contributions) => ({ action: 'merge', into: head, contributions })),
  };
}

export function hide(look: Look, ids: readonly string[], ground: Ground, reason: string): Act {
  const hidden = present(look, ids).filter((id) => look.contributions.get(id)!.state !== 'hidden');
  return {
    commands: hidden.map((contribution) => ({
      action: 'moderate',
      contribution,
      hidden: true,
      ground,
      ...(reason ? { reason } : {}),
    })),
    inverse: (now) =>
      hidden
        .filter((id) => now.contributions.get(id)?.state === 'hidden')
        .map((contribution) => ({ action: 'moderate', contribution, hidden: false })),
  };
}

/** Shows what was hidden, or lets through what waits. There is no way back to waiting: undone, it is hidden. */
export function show(look: Look, ids: readonly string[], otherwise: string): Act {
  const before = new Map(present(look, ids).map((id) => [id, look.contributions.get(id)!]));
  const shown = [...before.keys()].filter((id) => before.get(id)!.state !== 'shown');
  return {
    commands: shown.map((contribution) => ({ action: 'moderate', contribution, hidden: false })),
    inverse: (now) =>
      shown
        .filter((id) => now.contributions.get(id)?.state === 'shown')
        .map((contribution) => {
          const { ground, reason } = before.get(contribution)!;
          return ground && (ground !== 'other' || reason)
            ? { action: 'moderate', contribution, hidden: true, ground, ...(reason ? { reason } : {}) }
            : { action: 'moderate', contribution, hidden: true, ground: 'other', reason: otherwise };
        }),
  };
}

export function freeze(look: Look, ids: readonly string[], on: boolean): Act {
  const changed = present(look, ids).filter((id) => (look.contributions.get(id)!.frozen ?? false) !== on);
  const all = (value: boolean) =>
    changed.map((contribution) => ({ action: 'freeze', contribution, on: value }));
  return { commands: all(on), inverse: () => all(!on) };
}

export function count(look: Look, contribution: string, channel: 'hands' | 'paper', people: number): Act {
  const before = look.contributions.get(contribution)?.counted?.[channel] ?? 0;
  return {
    commands: [{ action: 'count', contribution, channel, people }],
    inverse: () => [{ action: 'count', contribution, channel, people: before }],
  };
}
