import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Docket } from '../../../../client-web/src/review/api';
import { Desk } from '../../../../client-web/src/review/desk.svelte';
import { leftOf } from '../../../../client-web/src/review/leftover';

vi.stubGlobal('document', { querySelector: () => null });

const docket = (members: object): Docket =>
  ({ contributions: [], proposals: [], ended: [], commitments: [], lists: [], ...members }) as unknown as Docket;
const free = { id: '1', state: 'waiting', live_state: 'shown' };

describe('a form about what somebody else decided meanwhile', () => {
  let desk: Desk;
  async function write(key: string): Promise<void> {
    await desk.open(key);
    desk.form(key, () => ({ text: '' })).text = 'words';
  }
  beforeEach(() => (desk = new Desk()));

  test.each([
    ['return:1', { contributions: [free] }, { contributions: [{ ...free, state: 'proposed' }] }],
    ['refuse:1', { contributions: [free] }, { contributions: [{ ...free, state: 'refused' }] }],
    ['reword:1', { proposals: [{ id: '1', state: 'routed' }] }, { proposals: [{ id: '1', state: 'answered' }] }],
    ['merge:1', { proposals: [{ id: '1', state: 'open' }] }, { ended: [{ id: '1', state: 'merged' }] }],
    ['opinion:1', { proposals: [{ id: '1', proposed_answer: {} }] }, { proposals: [{ id: '1', state: 'routed' }] }],
    ['opinion:1', { proposals: [{ id: '1', answer: {} }] }, { ended: [{ id: '1', state: 'dissolved' }] }],
    ['overrule:1', { commitments: [{ id: '1', state: 'drafted' }] }, { commitments: [{ id: '1', state: 'confirmed' }] }],
    ['return:1', { commitments: [{ id: '1', state: 'drafted' }] }, { commitments: [{ id: '1', state: 'confirmed' }] }],
    ['object:1:2', { lists: [{ id: '1', result: 'open' }] }, { lists: [{ id: '1', result: 'approved' }] }],
  ])('%s is left, and was not before', async (key, before, after) => {
    await write(key);
    expect(leftOf(desk, docket(before))).toEqual([]);
    expect(leftOf(desk, docket(after)).map((one) => one.key)).toEqual([key]);
  });

  test('is not left while it is on its way', async () => {
    await write('reword:1');
    desk.sending = 'reword:1';
    expect(leftOf(desk, docket({ proposals: [{ id: '1', state: 'answered' }] }))).toEqual([]);
  });

  test('of another consultation is nothing that this one knows', async () => {
    await write('reword:1');
    await write('refuse:several:1,2');
    expect(leftOf(desk, docket({}))).toEqual([]);
  });
});
