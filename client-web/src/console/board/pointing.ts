import type { Arrangement } from './arrangement.svelte';
import { cardOf } from './card-of';
import type { Dragging } from './dragging.svelte';
import { PointerGestures } from './gestures';
import type { RovingFocus } from './roving-focus';
import type { Selection } from './selection.svelte';

/** What the pointer brings about. */
interface PointerActs {
  /** Of these cards, those that may be dragged. */
  free(ids: string[]): string[];
  /** Onto a theme (its id, "" for none, "new"). */
  drop(ids: string[], target: string): void;
  open(id: string): void;
}

/** What mouse, pen and finger do on the board: they select cards, drag them and open them. */
export class Pointing {
  private gestures?: PointerGestures;
  private fingers = false;
  /** What was selected when the pointer went down. */
  private before: string[] = [];

  constructor(
    private readonly arrangement: Arrangement,
    private readonly selection: Selection,
    private readonly focus: RovingFocus,
    private readonly dragging: Dragging,
    private readonly acts: PointerActs,
  ) {}

  /** Begins on this board, with what is shown under the pointer; gives what ends it. */
  on(area: HTMLElement, ghost: HTMLElement, frame: HTMLElement): () => void {
    const { arrangement, selection, focus, dragging, acts } = this;
    const gestures = new PointerGestures(area, ghost, frame, {
      pick: (id) => arrangement.grouping && dragging.lift(id, () => acts.free(selection.meant(id))),
      over: (target) => (dragging.over = target),
      drop(target) {
        const ids = dragging.drop();
        focus.forget(); // who has a mouse looks for the next card with it
        if (target !== null) acts.drop(ids, target);
      },
      cancel: () => dragging.cancel(),
      framed: (ids, adds) => selection.set(adds ? [...this.before, ...ids] : ids),
      blank() {
        focus.forget();
        selection.clear();
      },
    });
    area.addEventListener('pointerdown', (event) => this.touched(event), { capture: true });
    area.addEventListener('click', (event) => this.click(event));
    area.addEventListener('contextmenu', (event) => this.contextmenu(event));
    this.gestures = gestures;
    return () => gestures.end();
  }

  /** Ends a drag without dropping. */
  abort(): void {
    this.gestures?.abort();
  }

  private touched(event: PointerEvent): void {
    this.fingers = event.pointerType !== 'mouse';
    this.before = [...this.selection.ids];
  }

  private click(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const id = cardOf(target)?.dataset.card;
    if (!id) return;
    if (target.closest('[data-more]')) return this.acts.open(id);
    if (!target.closest('.face, [data-tick]')) return;
    const { selection } = this;
    // A key, a finger and the tick have no other button to hold: they add.
    const adds =
      event.ctrlKey ||
      event.metaKey ||
      event.detail === 0 ||
      this.fingers ||
      target.closest('[data-tick]') !== null;
    if (event.shiftKey) selection.rangeTo(id, this.arrangement.cards());
    else if (adds || (selection.ids.size === 1 && selection.ids.has(id))) selection.toggle(id);
    else selection.only(id);
  }

  private contextmenu(event: MouseEvent): void {
    const id = cardOf(event.target)?.dataset.card;
    if (!id || this.fingers || event.defaultPrevented) return;
    event.preventDefault();
    this.acts.open(id);
  }
}
