export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
export type Way = 'up' | 'down' | 'left' | 'right';

/** What lies aside counts this many times: an arrow goes straight where it can. */
const aside = 3;

/** Which of `boxes` an arrow leads to from `from`, as they are seen: right is right in Arabic too. -1: none. */
export function neighbour(from: Box, boxes: readonly Box[], way: Way): number {
  const upright = way === 'up' || way === 'down';
  let best = -1;
  let least = Infinity;
  boxes.forEach((box, index) => {
    const ahead = {
      up: from.top - box.bottom,
      down: box.top - from.bottom,
      left: from.left - box.right,
      right: box.left - from.right,
    }[way];
    // Neighbours may touch or overlap by rounding; what lies behind does not count.
    if (ahead < -2) return;
    const [low, high, near, far] = upright
      ? [from.left, from.right, box.left, box.right]
      : [from.top, from.bottom, box.top, box.bottom];
    const off = Math.max(0, near - high, low - far);
    const middle = Math.abs(near + far - low - high) / 2;
    const distance = Math.max(0, ahead) + off * aside + middle / 100;
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
