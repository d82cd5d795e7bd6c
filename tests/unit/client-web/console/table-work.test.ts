import { expect, test } from 'vitest';
import { workOf } from '../../../../client-web/src/console/panels/table-work';
import type { Contribution } from '../../../../client-web/src/lib/generated/protocol';

const card = (id: string, changes: Partial<Contribution>): Contribution => ({
  ...{ id, kind: 'solution', state: 'shown', text: id, edits: 0, at: 0, seq: 0 },
  ...changes,
});

test('a table’s handed-in solutions stay in sight with their results, whatever became of them', () => {
  const board = [
    card('own', { table: 'one' }),
    card('own result', { kind: 'result', table: 'one', follows_from: ['own'] }),
    card('result by somebody', { kind: 'result', follows_from: ['own'] }),
    card('merged', { table: 'one', merged_into: 'other' }),
    card('hidden', { table: 'one', state: 'hidden' }),
    card('taken back', { table: 'one', state: 'withdrawn' }),
    card('other', { table: 'two' }),
    card('result for others', { kind: 'result', table: 'one', follows_from: ['other'] }),
  ];
  expect(workOf(board, 'one').map(({ contribution, results }) => [contribution.id, results.map(({ id }) => id)])).toEqual([
    ['own', ['own result', 'result by somebody']],
    ['merged', []],
    ['hidden', []],
    ['result for others', []],
  ]);
});
