import { describe, expect, test } from 'vitest';
import { coveredBy, outOfSight } from '../../../client-web/src/room/keyboard';

test('a keyboard that lies over the page covers its lower edge', () =>
  expect(coveredBy(740, { height: 440, offsetTop: 0, scale: 1 })).toBe(300));
test('less of it, where the page was moved up for it', () =>
  expect(coveredBy(740, { height: 440, offsetTop: 120, scale: 1 })).toBe(180));
test('nothing where the page shrank with it, nor while somebody has zoomed in', () => {
  expect(coveredBy(440, { height: 440, offsetTop: 0, scale: 1 })).toBe(0);
  expect(coveredBy(740, { height: 370, offsetTop: 0, scale: 2 })).toBe(0);
});

describe('a field that is written in', () => {
  const free = { top: 52, bottom: 340 };
  test('stays where it is as long as it is seen whole', () =>
    expect(outOfSight({ top: 52, bottom: 340 }, free)).toBe(0));
  test('comes out from under what sticks to the lower edge', () =>
    expect(outOfSight({ top: 150, bottom: 390 }, free)).toBe(50));
  test('comes out from under what sticks to the upper edge', () =>
    expect(outOfSight({ top: 12, bottom: 252 }, free)).toBe(-40));
  test('is left alone where it does not fit: the caret is what the browser keeps in sight', () =>
    expect(outOfSight({ top: 0, bottom: 300 }, free)).toBeNull());
});
