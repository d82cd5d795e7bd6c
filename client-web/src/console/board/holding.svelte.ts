import { SvelteMap } from 'svelte/reactivity';
import type { SignalItem } from '$lib/generated/protocol';
import type { Signals } from '$lib/live/signals.svelte';

/** Two who pick up the same card within this time did not see each other: signals are told each 300 ms. */
const sameMomentMs = 1_500;

interface Own {
  id: string;
  since: number;
  /** Taken from somebody who held it, knowingly. */
  deliberate: boolean;
}

/** A card that was wanted, and who has it. */
export interface Refused {
  id: string;
  name: string;
}

/** Whether I let go of a card when another holds it too. Of two at the same moment, one alias goes first. */
export function yields(own: Own, alias: string, other: Pick<SignalItem, 'who'>, now: number): boolean {
  if (own.deliberate) return false;
  return now - own.since > sameMomentMs || other.who < alias;
}

/**
 * Which card this facilitator has in hand, and which ones others have. A card in another's hand is not picked up
 * by accident: it takes a second act, `takeOver`, and who had it lets go.
 */
export class Holding {
  /** Somebody else has what was wanted. */
  refused = $state.raw<Refused | null>(null);
  private own: Own | null = null;
  /** Who holds what, by card: hundreds of cards look here, and each hears of its own only. */
  private others = new SvelteMap<string, string>();

  constructor(
    private readonly signals: Pick<Signals, 'hold' | 'holds'>,
    private readonly alias: () => string,
    private readonly unnamed: () => string,
    private readonly now: () => number = Date.now,
  ) {}

  get mine(): string | null {
    return this.own?.id ?? null;
  }

  /** Who else has this card in hand. */
  holder(id: string): string | undefined {
    return this.others.get(id);
  }

  /** Takes a card in hand. False: somebody else has it, and the page says who. */
  pick(id: string): boolean {
    const name = this.holder(id);
    if (name !== undefined) {
      this.refused = { id, name };
      return false;
    }
    this.refused = null;
    if (this.own?.id !== id) this.take({ id, since: this.now(), deliberate: false });
    return true;
  }

  /** The second act: takes what was refused, and gives it. */
  takeOver(): string | null {
    const id = this.refused?.id ?? null;
    this.refused = null;
    if (id !== null) this.take({ id, since: this.now(), deliberate: true });
    return id;
  }

  release(): void {
    if (this.own === null) return;
    const { deliberate } = this.own;
    this.own = null;
    this.signals.hold(null);
    if (deliberate) this.tell();
  }

  /** To be called whenever the holds change. Gives the name of who has taken my card over, if somebody has. */
  look(): string | null {
    const { holds } = this.signals;
    const mine = this.own && holds.get(this.own.id);
    const lost = mine && yields(this.own!, this.alias(), mine, this.now()) ? this.nameOf(mine) : null;
    if (lost !== null) this.release();
    this.tell();
    if (this.refused && !holds.has(this.refused.id)) this.refused = null;
    return lost;
  }

  private take(own: Own): void {
    this.own = own;
    this.signals.hold(own.id);
    if (own.deliberate) this.tell();
  }

  private tell(): void {
    const { holds } = this.signals;
    const mine = (id: string) => this.own?.deliberate === true && this.own.id === id;
    for (const id of [...this.others.keys()]) if (!holds.has(id) || mine(id)) this.others.delete(id);
    for (const [id, item] of holds) if (!mine(id)) this.others.set(id, this.nameOf(item));
  }

  private nameOf(item: SignalItem): string {
    return item.name ?? this.unnamed();
  }
}
