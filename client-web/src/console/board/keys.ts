import type { Arrangement } from './arrangement.svelte';
import { cardOf } from './card-of';
import type { Way } from './neighbours';
import type { RovingFocus } from './roving-focus';
import type { Selection } from './selection.svelte';

/** What keys bring about. */
interface KeyActs {
  move(ids: string[]): void;
  newTheme(ids: string[]): void;
  merge(ids: string[]): void;
  /** Shows them when all are hidden. */
  hide(ids: string[]): void;
  freeze(ids: string[]): void;
  reword(id: string): void;
  open(id: string): void;
  /** Goes to what waits to be let through. False: nothing waits. */
  waiting(): boolean;
  undo(): void;
  help(): void;
  /** Leaves what was begun. False: nothing was. */
  escape(): boolean;
}

const ways: Record<string, Way> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** What each key does on the board. Letters by their place: an Arabic keyboard has M where others have it. */
export class Keys {
  constructor(
    private readonly arrangement: Arrangement,
    private readonly selection: Selection,
    private readonly focus: RovingFocus,
    private readonly acts: KeyActs,
  ) {}

  /** A key that does something here does nothing else. */
  down(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (target.closest('input, textarea, select, dialog') || event.altKey) return;
    if (this.does(event, cardOf(target))) event.preventDefault();
  }

  private does(event: KeyboardEvent, card: HTMLElement | null | undefined): boolean {
    if (event.key === 'Escape') return this.acts.escape();
    if (event.code === 'KeyZ' && !event.shiftKey) this.acts.undo();
    else if (event.ctrlKey || event.metaKey) return event.code === 'KeyA' && this.selectsColumn(card);
    else if (event.key === '?') this.acts.help();
    else if (event.code === 'KeyA') return this.acts.waiting();
    else if (card) return this.goes(event, card) || this.actsOn(card.dataset.card!, event);
    else if (event.code === 'KeyN' && this.arrangement.grouping) this.acts.newTheme([...this.selection.ids]);
    else return false;
    return true;
  }

  private selectsColumn(card: HTMLElement | null | undefined): boolean {
    if (!card) return false;
    this.selection.set(this.arrangement.columnOf(card.dataset.card!));
    return true;
  }

  private goes(event: KeyboardEvent, card: HTMLElement): boolean {
    const id = card.dataset.card!;
    const way = ways[event.key];
    if (way) {
      this.focus.walk(card, way);
      const now = cardOf(document.activeElement)?.dataset.card;
      if (event.shiftKey && now) this.selection.set([...this.selection.ids, id, now]);
    } else if (event.key === 'Home') this.focus.to(this.arrangement.columnOf(id)[0] ?? id);
    else if (event.key === 'End') this.focus.to(this.arrangement.columnOf(id).at(-1) ?? id);
    else return false;
    return true;
  }

  private actsOn(id: string, event: KeyboardEvent): boolean {
    const { acts, selection } = this;
    const { grouping } = this.arrangement;
    const meant = selection.meant(id);
    const letters: Record<string, () => void> = {
      KeyX: () => selection.toggle(id),
      KeyO: () => acts.open(id),
      KeyH: () => acts.hide(meant),
      KeyF: () => acts.freeze(meant),
      KeyR: () => acts.reword(id),
      KeyG: () => acts.merge(meant),
      ...(grouping && { KeyM: () => acts.move(meant), KeyN: () => acts.newTheme(meant) }),
    };
    // On a button of the card, Enter is that button's.
    const enters = event.key === 'Enter' && (event.target as HTMLElement).matches('.face');
    const act = enters
      ? letters[grouping ? 'KeyM' : 'KeyO']
      : letters[event.key === 'ContextMenu' ? 'KeyO' : event.code];
    act?.();
    return act !== undefined;
  }
}
