import type { Rating } from '$lib/generated/protocol';

export interface Dot {
  id: string;
  label: string;
  /** Means from 1 to 5. */
  impact: number;
  feasibility: number;
}
export interface PlacedDot extends Dot {
  /** 0..width and 0..height, from the upper left corner. */
  x: number;
  y: number;
  labelX: number;
  labelY: number;
  anchor: 'start' | 'end' | 'middle';
}
export interface PlotSize {
  width: number;
  height: number;
  /** Space around, so that dots at 1 and 5 are whole. */
  margin: number;
  dot: number;
  letter: number;
  line: number;
}

/** At least so many people, and half of those who are there, have seen a card that is judged. */
const fewest = 3;
export const enough = (people: number): number => Math.max(fewest, Math.ceil(people / 2));

export const mean = (sum: number, count: number): number => (count === 0 ? 0 : sum / count);

export function dotOf(id: string, label: string, rating: Rating): Dot {
  return {
    id,
    label,
    impact: mean(rating.impact, rating.count),
    feasibility: mean(rating.feasibility, rating.count),
  };
}

interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
const meet = (a: Rect, b: Rect) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Places dots by their values and moves equal ones apart, then a label beside each where it covers neither a
 * dot nor a label: at its sides first, then above and below, then ever farther.
 */
export function placeDots(dots: Dot[], size: PlotSize): PlacedDot[] {
  const { width, height, margin, dot, letter, line } = size;
  const along = (value: number, length: number) => margin + ((value - 1) / 4) * (length - 2 * margin);
  const points: { x: number; y: number }[] = [];
  for (const { impact, feasibility } of dots) {
    let point = { x: along(feasibility, width), y: height - along(impact, height) };
    const free = (one: { x: number; y: number }) =>
      points.every((other) => Math.hypot(other.x - one.x, other.y - one.y) >= 2 * dot);
    for (let turn = 1; !free(point) && turn < 200; turn++) {
      // A spiral of the golden angle finds the nearest free place without a pattern that reads as data.
      const angle = turn * 2.39996;
      const away = dot * 0.7 * Math.sqrt(turn);
      point = {
        x: clamp(along(feasibility, width) + Math.cos(angle) * away, dot, width - dot),
        y: clamp(height - along(impact, height) + Math.sin(angle) * away, dot, height - dot),
      };
    }
    points.push(point);
  }
  const taken: Rect[] = points.map(({ x, y }) => ({
    left: x - dot,
    right: x + dot,
    top: y - dot,
    bottom: y + dot,
  }));
  return dots.map((one, index) => {
    const { x, y } = points[index]!;
    const long = [...one.label].length * letter;
    const room = (left: number, top: number): Rect => ({ left, top, right: left + long, bottom: top + line });
    const inside = (rect: Rect) =>
      rect.left >= 0 && rect.top >= 0 && rect.right <= width && rect.bottom <= height;
    const gap = dot + 3;
    const tries: { rect: Rect; anchor: PlacedDot['anchor'] }[] = [];
    for (let ring = 0; ring < 6; ring++)
      for (const shift of ring === 0 ? [0] : [-ring, ring]) {
        const top = y - line / 2 + shift * line * 0.9;
        tries.push({ rect: room(x + gap, top), anchor: 'start' });
        tries.push({ rect: room(x - gap - long, top), anchor: 'end' });
        if (ring > 0) tries.push({ rect: room(x - long / 2, y - line / 2 + shift * line), anchor: 'middle' });
      }
    const found =
      tries.find(({ rect }) => inside(rect) && taken.every((other) => !meet(rect, other))) ??
      tries.find(({ rect }) => inside(rect)) ??
      tries[0]!;
    taken.push(found.rect);
    const { rect, anchor } = found;
    const labelX =
      anchor === 'start' ? rect.left : anchor === 'end' ? rect.right : (rect.left + rect.right) / 2;
    return { ...one, x, y, labelX, labelY: (rect.top + rect.bottom) / 2, anchor };
  });
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
