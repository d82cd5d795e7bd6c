import { describe, expect, test } from 'vitest';
import { neighbour, overlap, type Box } from '../../../../../client-web/src/console/board/neighbours';
import { dotOf, enough, placeDots } from '../../../../../client-web/src/console/board/weighing';

const box = (left: number, top: number, width = 100, height = 50): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

describe('an arrow leads to the next card as it is seen', () => {
  // Two columns; the second's cards are taller.
  const boxes = [box(0, 0), box(0, 60), box(0, 120), box(120, 0, 100, 90), box(120, 100, 100, 90)];
  test.each<[string, number, 'up' | 'down' | 'left' | 'right', number]>([
    ['down the column', 0, 'down', 1],
    ['up the column', 2, 'up', 1],
    ['to the side, at the same height', 0, 'right', 3],
    ['to the side, lower', 2, 'right', 4],
    ['back', 4, 'left', 2],
    ['nowhere beyond the end', 2, 'down', -1],
    ['nowhere beyond the side', 0, 'left', -1],
  ])('%s', (_, from, way, to) => {
    const others = boxes.map((one, index) => (index === from ? box(9e6, 9e6) : one));
    const found = neighbour(boxes[from]!, others, way);
    expect(found === from ? -1 : others[found]?.left === 9e6 ? -1 : found).toBe(to);
  });
});

test('a frame takes what it touches', () => {
  expect(overlap(box(0, 0), box(90, 40))).toBe(true);
  expect(overlap(box(0, 0), box(100, 0))).toBe(false);
});

describe('the plot', () => {
  const size = { width: 640, height: 400, margin: 26, dot: 9, letter: 7, line: 17 };
  const dots = Array.from({ length: 30 }, (_, i) =>
    dotOf(`s${i}`, `${i + 1} une solution`, {
      count: 4,
      impact: 8 + (i % 9),
      feasibility: 6 + ((i * 5) % 13),
    }),
  );
  const rectOf = (one: ReturnType<typeof placeDots>[number]) => {
    const long = [...one.label].length * size.letter;
    const left = { start: one.labelX, end: one.labelX - long, middle: one.labelX - long / 2 }[one.anchor];
    return box(left, one.labelY - size.line / 2, long, size.line);
  };

  test('puts much impact at the top and much feasibility at the right', () => {
    const [low, high] = placeDots(
      [
        dotOf('a', '1', { count: 2, impact: 2, feasibility: 2 }),
        dotOf('b', '2', { count: 2, impact: 10, feasibility: 10 }),
      ],
      size,
    );
    expect([low!.x, low!.y]).toEqual([26, 374]);
    expect([high!.x, high!.y]).toEqual([614, 26]);
  });

  test('keeps equal solutions apart', () => {
    const same = Array.from({ length: 8 }, (_, i) =>
      dotOf(`${i}`, `${i}`, { count: 1, impact: 3, feasibility: 3 }),
    );
    const placed = placeDots(same, size);
    for (const [i, a] of placed.entries())
      for (const b of placed.slice(i + 1))
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(18);
  });

  test('lets no label cover another, with thirty solutions by their numbers', () => {
    const placed = placeDots(
      dots.map((one, i) => ({ ...one, label: `${i + 1}` })),
      size,
    );
    for (const [i, a] of placed.entries())
      for (const b of placed.slice(i + 1)) expect(overlap(rectOf(a), rectOf(b))).toBe(false);
  });

  test('lets no label cover another, with fourteen by their first words', () => {
    const placed = placeDots(dots.slice(0, 14), size);
    for (const [i, a] of placed.entries())
      for (const b of placed.slice(i + 1)) expect(overlap(rectOf(a), rectOf(b))).toBe(false);
  });
});

test.each([
  [2, 3],
  [5, 3],
  [31, 16],
])('of %i people, %i are enough to have seen a card', (people, eyes) => expect(enough(people)).toBe(eyes));
