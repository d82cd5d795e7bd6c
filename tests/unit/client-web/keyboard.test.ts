import { expect, test } from 'vitest';
import { coveredBy } from '../../../client-web/src/room/keyboard';

test('a keyboard that lies over the page covers its lower edge', () =>
  expect(coveredBy(740, { height: 440, offsetTop: 0, scale: 1 })).toBe(300));
test('less of it, where the page was moved up for it', () =>
  expect(coveredBy(740, { height: 440, offsetTop: 120, scale: 1 })).toBe(180));
test('nothing where the page shrank with it, nor while somebody has zoomed in', () => {
  expect(coveredBy(440, { height: 440, offsetTop: 0, scale: 1 })).toBe(0);
  expect(coveredBy(740, { height: 370, offsetTop: 0, scale: 2 })).toBe(0);
});
