import type { Contribution, Ground } from '$lib/generated/protocol';
import type { Entry } from '$lib/outbox/store';
import type { Look } from './acts';

type Waiting = Pick<Entry, 'id' | 'command' | 'state'>;

/**
 * The board as it will be when all that waits is done. What the facilitator does next is meant for that one: a card
 * that is dragged back before the server answered has to be sent back. `placing` is where cards were put last, also
 * those whose answer came and whose event did not yet.
 */
export function ahead(
  told: Look,
  waiting: Iterable<Waiting>,
  placing: ReadonlyMap<string, string | null>,
): Look {
  const entries = [...waiting].filter(({ state }) => state === 'waiting');
  if (entries.length === 0 && placing.size === 0) return told;
  const board = new Ahead(told);
  for (const entry of entries) board.take(entry);
  for (const [card, theme] of placing) board.place(card, theme);
  return board;
}

/** Does what commands ask, as far as acts look at it; of what the board does not have, nothing. */
class Ahead implements Look {
  contributions: Map<string, Contribution>;
  themes: Look['themes'];

  constructor(told: Look) {
    this.contributions = new Map(told.contributions);
    this.themes = told.themes;
  }

  members(head: string): Contribution[] {
    return [...this.contributions.values()].filter((one) => one.merged_into === head);
  }

  place(card: string, theme: string | null): void {
    if (theme === null || this.themes.some((one) => one.id === theme))
      this.change([card], { theme: theme ?? undefined });
  }

  take({ id, command }: Waiting): void {
    const card = command.contribution as string;
    const cards = (command.contributions ?? []) as string[];
    const theme = command.theme as string;
    const title = command.title as string;
    switch (command.action) {
      case 'place':
        return this.place(card, command.theme as string | null);
      case 'freeze':
        return this.change([card], { frozen: (command.on as boolean) || undefined });
      case 'moderate':
        return this.change([card], {
          state: command.hidden ? 'hidden' : 'shown',
          ground: command.ground as Ground | undefined,
          reason: command.reason as string | undefined,
        });
      case 'merge':
        return this.merge(cards, command.into as string);
      case 'unmerge':
        return this.change(cards, { merged_into: undefined });
      case 'theme.add':
        this.themes = [...this.themes, { id, title }];
        return;
      case 'theme.rename':
        this.themes = this.themes.map((one) => (one.id === theme ? { ...one, title } : one));
        return;
      case 'theme.remove':
        this.themes = this.themes.filter((one) => one.id !== theme);
        this.change(
          [...this.contributions.values()].filter((one) => one.theme === theme).map((one) => one.id),
          { theme: undefined },
        );
    }
  }

  /** What was merged into them before comes along. */
  private merge(cards: string[], into: string): void {
    for (const card of cards) {
      const members = this.members(card).map((one) => one.id);
      this.change([card, ...members], { merged_into: into });
    }
  }

  private change(cards: string[], change: Partial<Contribution>): void {
    for (const id of cards) {
      const card = this.contributions.get(id);
      if (card) this.contributions.set(id, { ...card, ...change });
    }
  }
}
