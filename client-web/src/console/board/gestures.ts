import { overlap, type Box } from './neighbours';

/** A mouse that moves this far with its button down drags; less is a click with a shaking hand. */
const mousePixels = 5;
/** A finger that stays this long picks a card up; one that moves before scrolls. */
const longPressMs = 350;
const stillPixels = 10;
/** Within this distance of an edge the board scrolls, faster the nearer. */
const edgePixels = 56;
const fastest = 18;

export interface Gestures {
  /** A card is picked up; false: it can't be. */
  pick(id: string): boolean;
  /** Over a theme (its id, "" for none, "new"), or over nothing. */
  over(target: string | null): void;
  drop(target: string | null): void;
  cancel(): void;
  /** A frame was drawn around these cards; `adds`: those selected before stay so. */
  framed(ids: string[], adds: boolean): void;
  /** A click on nothing. */
  blank(): void;
}

interface Press {
  pointer: number;
  x: number;
  y: number;
  id: string | null;
  adds: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Pointer gestures on the board: drag a card (mouse, pen, and a finger after a long press), draw a frame around
 * several. What a card's picking up and its drop bring about happens in tasks of their own, beside the frame's. It moves the ghost and the frame by itself, once a frame of the screen; the page hears of a new target
 * only. Knows cards by `data-card`, targets by `data-drop`, what scrolls by `data-scrolls`.
 */
export class PointerGestures {
  private press: Press | null = null;
  private dragging = false;
  private framing = false;
  private at = { x: 0, y: 0 };
  private target: string | null = null;
  private frameRequest = 0;
  private held: readonly [string, EventListener, AddEventListenerOptions?][];

  constructor(
    private readonly board: HTMLElement,
    private readonly ghost: HTMLElement,
    private readonly frame: HTMLElement,
    private readonly acts: Gestures,
  ) {
    this.held = [
      ['pointerdown', (event) => this.down(event as PointerEvent)],
      ['pointermove', (event) => this.move(event as PointerEvent)],
      ['pointerup', (event) => this.up(event as PointerEvent)],
      ['pointercancel', () => this.abort()],
      // Not passive: once a card is picked up, the finger drags it and scrolls nothing.
      ['touchmove', (event) => this.dragging && event.preventDefault(), { passive: false }],
      ['contextmenu', (event) => (this.press?.timer || this.dragging) && event.preventDefault()],
    ];
    for (const [type, listener, options] of this.held) board.addEventListener(type, listener, options);
  }

  end(): void {
    this.abort();
    for (const [type, listener, options] of this.held)
      this.board.removeEventListener(type, listener, options);
  }

  /** Ends a drag without dropping: Escape, or somebody else took the card over. */
  abort(): void {
    const was = this.dragging;
    this.rest();
    if (was) this.acts.cancel();
  }

  private down(event: PointerEvent): void {
    if (this.press || event.button !== 0 || !event.isPrimary) return;
    const from = event.target as HTMLElement;
    if (from.closest('[data-still], input, select, textarea, a')) return;
    const card = from.closest<HTMLElement>('[data-card]');
    if (!card && from.closest('button, label, form')) return;
    const mouse = event.pointerType === 'mouse';
    if (!card && !mouse) return; // a finger on the ground scrolls
    this.press = {
      pointer: event.pointerId,
      x: event.clientX,
      y: event.clientY,
      id: card?.dataset.card ?? null,
      adds: event.shiftKey || event.ctrlKey || event.metaKey,
    };
    this.at = { x: event.clientX, y: event.clientY };
    if (!mouse) this.press.timer = setTimeout(() => this.begin(), longPressMs);
  }

  private move(event: PointerEvent): void {
    const { press } = this;
    if (!press || event.pointerId !== press.pointer) return;
    this.at = { x: event.clientX, y: event.clientY };
    if (this.dragging || this.framing) return this.drawSoon();
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    if (press.timer) {
      if (far > stillPixels && event.pointerType !== 'mouse') this.rest();
    } else if (far > mousePixels) press.timer = setTimeout(() => this.begin());
  }

  private begin(): void {
    const { press } = this;
    if (!press) return;
    delete press.timer;
    if (press.id === null) this.framing = true;
    else if (this.acts.pick(press.id)) this.dragging = true;
    else return this.rest();
    this.ghost.hidden = !this.dragging;
    this.frame.hidden = !this.framing;
    try {
      (this.dragging ? this.ghost : this.frame).setPointerCapture(press.pointer);
    } catch {
      return this.abort(); // a finger that was lifted at this moment
    }
    this.drawSoon();
  }

  private up(event: PointerEvent): void {
    if (!this.press || event.pointerId !== this.press.pointer) return;
    const { dragging, framing, press } = this;
    this.at = { x: event.clientX, y: event.clientY };
    if (dragging) this.find();
    if (framing) this.select();
    const target = this.target;
    this.rest();
    if (dragging) setTimeout(() => this.acts.drop(target));
    else if (!framing && press.id === null) this.acts.blank();
    // The click that follows a drag is no click on a card.
    if (dragging || framing) {
      const swallow = (click: Event) => {
        click.stopPropagation();
        click.preventDefault();
      };
      addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
    }
  }

  private rest(): void {
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = 0;
    clearTimeout(this.press?.timer);
    for (const one of [this.ghost, this.frame])
      if (this.press && one.hasPointerCapture(this.press.pointer))
        one.releasePointerCapture(this.press.pointer);
    this.press = null;
    this.dragging = this.framing = false;
    this.aim(null);
    this.ghost.hidden = this.frame.hidden = true;
  }

  // --- Once a frame -------------------------------------------------------------------------------

  private drawSoon(): void {
    this.frameRequest ||= requestAnimationFrame(() => {
      this.frameRequest = 0;
      if (this.dragging) this.drawDrag();
      else if (this.framing) this.drawFrame();
    });
  }

  private drawDrag(): void {
    this.ghost.style.transform = `translate3d(${this.at.x}px, ${this.at.y}px, 0)`;
    if (this.scroll(this.find())) this.drawSoon();
  }

  private find(): Element | null {
    const under = document.elementFromPoint(this.at.x, this.at.y);
    this.aim(under?.closest<HTMLElement>('[data-drop]')?.dataset.drop ?? null);
    return under;
  }

  private aim(target: string | null): void {
    if (target === this.target) return;
    this.target = target;
    this.acts.over(target);
  }

  /** Scrolls what is under the pointer when that is near an edge. Gives whether something moved. */
  private scroll(under: Element | null): boolean {
    let moved = false;
    for (
      let one = under?.closest('[data-scrolls]');
      one;
      one = one.parentElement?.closest('[data-scrolls]')
    ) {
      const box = one.getBoundingClientRect();
      const down = speed(this.at.y, box.top, box.bottom);
      const right = speed(this.at.x, box.left, box.right);
      const before = [one.scrollLeft, one.scrollTop];
      if (down || right) one.scrollBy(right, down);
      moved ||= before[0] !== one.scrollLeft || before[1] !== one.scrollTop;
    }
    if (moved) return true;
    const page = speed(this.at.y, 0, innerHeight);
    const before = scrollY;
    if (page) scrollBy(0, page);
    return before !== scrollY;
  }

  private box(): Box {
    const { x, y } = this.press!;
    return {
      left: Math.min(x, this.at.x),
      right: Math.max(x, this.at.x),
      top: Math.min(y, this.at.y),
      bottom: Math.max(y, this.at.y),
    };
  }

  private drawFrame(): void {
    const { left, top, right, bottom } = this.box();
    this.frame.style.transform = `translate3d(${left}px, ${top}px, 0)`;
    this.frame.style.width = `${right - left}px`;
    this.frame.style.height = `${bottom - top}px`;
    this.select();
  }

  private select(): void {
    const box = this.box();
    const cards = [...this.board.querySelectorAll<HTMLElement>('[data-card]')];
    const ids = cards
      .filter((card) => overlap(card.getBoundingClientRect(), box))
      .map((card) => card.dataset.card!);
    this.acts.framed(ids, this.press!.adds);
  }
}

/** Pixels a frame, negative toward the start. */
function speed(at: number, from: number, to: number): number {
  if (to - from < 4 * edgePixels) return 0;
  if (at < from + edgePixels) return -Math.ceil(((from + edgePixels - at) / edgePixels) * fastest);
  if (at > to - edgePixels) return Math.ceil(((at - to + edgePixels) / edgePixels) * fastest);
  return 0;
}
