import { unitsBefore } from './text-area';

export interface Place {
  /** From the left and the top of the mirror, in px. */
  x: number;
  y: number;
  height: number;
}

/**
 * Where carets stand on the screen. `mirror` shows the same text as the text area, in the same box and type, as one
 * text node: an element between two letters would tear joined ones apart. It ends with a character of no width, so
 * that a last empty line is one.
 */
export function caretPlaces(mirror: HTMLElement, text: string, carets: number[]): (Place | null)[] {
  const node = mirror.firstChild;
  if (!(node instanceof Text)) return carets.map(() => null);
  const box = mirror.getBoundingClientRect();
  const range = mirror.ownerDocument.createRange();
  const rightToLeft = getComputedStyle(mirror).direction === 'rtl';
  return carets.map((at) => {
    const unit = Math.min(unitsBefore(text, at), node.length - 1);
    range.setStart(node, unit);
    range.setEnd(node, unit);
    const exact = range.getClientRects()[0];
    if (exact) return { x: exact.left - box.left, y: exact.top - box.top, height: exact.height };
    // Some browsers have no rectangle for nothing: the letter behind has one.
    range.setEnd(node, unit + 1);
    const letter = range.getClientRects()[0];
    if (!letter) return null;
    const x = rightToLeft ? letter.right : letter.left;
    return { x: x - box.left, y: letter.top - box.top, height: letter.height };
  });
}

/** A colour (0 to `colours` - 1) for each of those present: one's own as long as nobody else present has it. */
export function colourOf(aliases: string[], colours: number): Map<string, number> {
  const given = new Map<string, number>();
  const taken = new Set<number>();
  for (const alias of [...aliases].sort()) {
    let colour = (Number.parseInt(alias.slice(0, 4), 16) || 0) % colours;
    for (let tries = 0; taken.has(colour) && tries < colours; tries++) colour = (colour + 1) % colours;
    taken.add(colour);
    given.set(alias, colour);
  }
  return given;
}
