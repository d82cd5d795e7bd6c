import { cardOf } from './card-of';
import { neighbour, type Way } from './neighbours';

/**
 * Where the keyboard is on the board: arrows go from card to card, Tab stops once in each column, and the focus goes on when
 * the card that has it goes elsewhere.
 */
export class RovingFocus {
  private area!: HTMLElement;
  private focused: { id: string; element: HTMLElement } | null = null;
  /** One stop of Tab a column: the card that had the focus last there, else the first. */
  private readonly stops = new WeakMap<Element, HTMLElement>();

  /** The board that it goes over, once that is on the page. */
  on(area: HTMLElement): void {
    this.area = area;
    area.addEventListener('focusin', ({ target }) => {
      const card = cardOf(target);
      if (card) this.came(card, target as HTMLElement);
    });
  }

  /** The card that has the focus, or had it last. */
  get card(): string | null {
    return this.focused?.id ?? null;
  }

  to(id: string): void {
    this.area.querySelector<HTMLElement>(`[data-card="${id}"] .face`)?.focus();
  }

  forget(): void {
    this.focused = null;
  }

  /** Of these cards in their order, some leave: the focus is the next one's that stays. */
  goOn(order: string[], leaving: string[]): void {
    if (!this.focused) return;
    const gone = new Set(leaving);
    const at = order.indexOf(this.focused.id);
    const next = [...order.slice(at), ...order.slice(0, at).reverse()].find((id) => !gone.has(id));
    this.focused = { id: next ?? this.focused.id, element: this.focused.element };
  }

  walk(from: HTMLElement, way: Way): void {
    const cards = [...this.area.querySelectorAll<HTMLElement>('[data-card]')].filter((one) => one !== from);
    const found = neighbour(
      from.getBoundingClientRect(),
      cards.map((one) => one.getBoundingClientRect()),
      way,
    );
    cards[found]?.querySelector<HTMLElement>('.face')?.focus();
  }

  /** After cards came, went or changed places. */
  keep(): void {
    for (const list of this.area.querySelectorAll('[data-list]')) {
      const stop = this.stops.get(list);
      if (stop?.isConnected && list.contains(stop)) continue;
      const first = list.querySelector<HTMLElement>('[data-card]');
      if (first) this.stopAt(first);
    }
    // A card that went elsewhere under the focus of who reads it takes the focus along, or leaves it to the next.
    if (this.focused && !this.focused.element.isConnected && document.activeElement === document.body)
      this.to(this.focused.id);
  }

  /** `element`, the card itself or a button of it, was given the focus. */
  private came(card: HTMLElement, element: HTMLElement): void {
    this.focused = { id: card.dataset.card!, element };
    this.stopAt(card);
  }

  private stopAt(card: HTMLElement): void {
    const list = card.closest('[data-list]')!;
    const before = this.stops.get(list);
    if (before === card) return;
    for (const one of before?.querySelectorAll<HTMLElement>('[data-rove]') ?? []) one.tabIndex = -1;
    for (const one of card.querySelectorAll<HTMLElement>('[data-rove]')) one.tabIndex = 0;
    this.stops.set(list, card);
  }
}
