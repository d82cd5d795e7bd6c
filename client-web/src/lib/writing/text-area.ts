import { codePoints } from '../live/text-edit';
import * as edits from './edit';
import type { TextEdit } from './edit';

/** A range of a text area, in UTF-16 units, as browsers count. */
interface Selection {
  start: number;
  end: number;
}

/** UTF-16 units before so many code points of a text; all of them when it has fewer. */
export function unitsBefore(text: string, points: number): number {
  let units = 0;
  for (const letter of text) {
    if (points-- <= 0) break;
    units += letter.length;
  }
  return units;
}
/** Code points before so many UTF-16 units. */
export const pointsBefore = (text: string, units: number): number => codePoints(text.slice(0, units));

/**
 * What a keyboard did to a text: `before` became `after`, and the caret now stands at `caret` (UTF-16 units). Most
 * often something was put in or deleted just before the caret, which tells which of equal letters is the new one.
 * Anything else (words replaced, an undo, a correction elsewhere) is the shortest edit.
 */
export function typedEdit(before: string, after: string, caret: number): TextEdit {
  if (before === after) return edits.nothing;
  const [old, now] = [[...before], [...after]];
  const end = Math.min(now.length, pointsBefore(after, caret));
  const tail = now.length - end;
  const behind = old.length - tail;
  if (behind >= 0 && now.slice(end).every((letter, i) => letter === old[behind + i])) {
    const start = commonLength(old.slice(0, behind), now.slice(0, end));
    const at = start > 0 ? [start] : [];
    if (start === behind) return [...at, now.slice(start, end).join('')];
    if (start === end) return [...at, { d: behind - start }];
  }
  return edits.between(before, after);
}

function commonLength(one: string[], other: string[]): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length++;
  return length;
}

export interface TextAreaEvents {
  /** The person edited the text. */
  typed(edit: TextEdit): void;
  /** Their caret, in code points; null when they are elsewhere. */
  caret(at: number | null): void;
}

/** A word that is being composed and left so for this long counts as written. */
const composedMs = 3_000;

/**
 * A native text area as the view of a draft: keyboards of phones, dictation, corrections and undo are the browser's.
 * What it did is found by comparing its value with the one before. While a word is composed (input methods, the word
 * that a phone's keyboard underlines, dead keys), the area is left alone, because another value would end the
 * composition, and nothing is told: both happen when it ends, or when it has been left for a while.
 */
export class BoundTextArea {
  /** The text that this area had when it was last compared. */
  private seen: string;
  /** What others did since, while a composition went on: an edit of `seen`. */
  private held: TextEdit = edits.nothing;
  private composing = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly ending = new AbortController();

  constructor(
    private readonly area: HTMLTextAreaElement,
    text: string,
    private readonly events: TextAreaEvents,
  ) {
    this.seen = text;
    area.value = text;
    const on = (name: string, act: () => void, on: EventTarget = area) =>
      on.addEventListener(name, act, { signal: this.ending.signal });
    on('input', () => this.input());
    on('compositionstart', () => (this.composing = true));
    on('compositionend', () => this.composed());
    on('blur', () => {
      this.composed();
      events.caret(null);
    });
    on('focus', () => this.tellCaret());
    on('selectionchange', () => this.tellCaret(), area.ownerDocument);
  }

  /** Others changed the text. */
  change(edit: TextEdit): void {
    if (edits.isNothing(edit)) return;
    // Held even now: the person may have typed what was not compared yet.
    this.held = edits.compose(this.held, edit);
    if (!this.composing) this.compare();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.ending.abort();
  }

  private input(): void {
    clearTimeout(this.timer);
    if (!this.composing) return this.compare();
    this.timer = setTimeout(() => this.composed(), composedMs);
  }

  private composed(): void {
    clearTimeout(this.timer);
    this.composing = false;
    this.compare();
  }

  /** Tells what the person did, and shows what others did meanwhile. */
  private compare(): void {
    this.clean();
    const mine = typedEdit(this.seen, this.area.value, this.area.selectionEnd);
    this.seen = this.area.value;
    const held = this.held;
    this.held = edits.nothing;
    const fitted = edits.rebase(mine, held);
    if (!edits.isNothing(held)) this.show(fitted.theirs);
    if (!edits.isNothing(mine)) this.events.typed(fitted.mine);
    this.tellCaret();
  }

  /** Takes out what may not stand in a draft. */
  private clean(): void {
    const { value, selectionStart, selectionEnd } = this.area;
    const clean = edits.permitted(value);
    if (clean === value) return;
    this.put(clean, {
      start: edits.permitted(value.slice(0, selectionStart)).length,
      end: edits.permitted(value.slice(0, selectionEnd)).length,
    });
  }

  private show(edit: TextEdit): void {
    const before = this.area.value;
    const after = edits.apply(before, edit);
    const moved = (units: number) => unitsBefore(after, edits.place(pointsBefore(before, units), edit));
    this.seen = after;
    this.put(after, { start: moved(this.area.selectionStart), end: moved(this.area.selectionEnd) });
  }

  private put(value: string, { start, end }: Selection): void {
    const { area } = this;
    const { scrollTop, selectionDirection } = area;
    area.value = value;
    // Elsewhere a selection is of no use, and on some phones setting it takes the focus.
    if (area.ownerDocument.activeElement === area) area.setSelectionRange(start, end, selectionDirection);
    area.scrollTop = scrollTop;
  }

  private tellCaret(): void {
    if (this.composing || this.area.ownerDocument.activeElement !== this.area) return;
    this.events.caret(pointsBefore(this.area.value, this.area.selectionEnd));
  }
}
