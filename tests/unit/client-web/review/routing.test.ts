import { describe, expect, test } from 'vitest';
import { mostContributing, routeOf } from '../../../../client-web/src/review/routing';

describe('a route', () => {
  test('keeps who contributes, and never the lead among them', () => {
    expect(routeOf({ lead: 'mtnra', contributing: ['justice', 'mtnra'], another: '' })).toEqual({
      lead: 'mtnra',
      contributing: ['justice'],
    });
  });
  test('has one that was looked for and not added, once', () => {
    expect(routeOf({ lead: 'mtnra', contributing: ['justice'], another: 'health' }).contributing).toEqual([
      'justice',
      'health',
    ]);
    expect(routeOf({ lead: 'mtnra', contributing: ['justice'], another: 'justice' }).contributing).toEqual([
      'justice',
    ]);
  });
  test('has no more than a proposal can have', () => {
    const many = Array.from({ length: 12 }, (_, n) => `a${n}`);
    expect(routeOf({ lead: 'mtnra', contributing: many, another: '' }).contributing).toHaveLength(
      mostContributing,
    );
  });
});
