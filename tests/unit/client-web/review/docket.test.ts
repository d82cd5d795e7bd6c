import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../../../client-web/src/lib/http';
import { OpenDocket } from '../../../../client-web/src/review/docket.svelte';

/** Answers that come when a test says so, by consultation. */
const asked: { id: string; answer: (seq: number) => void; fail: () => void }[] = [];
vi.stubGlobal(
  'fetch',
  vi.fn(
    (path: string) =>
      new Promise((answer, fail) => {
        const id = path.split('/')[3]!;
        const said = (seq: number) => ({ ok: true, status: 200, json: async () => ({ seq, consultation: { id } }) });
        asked.push({ id, answer: (seq) => answer(said(seq)), fail: () => fail(new TypeError()) });
      }),
  ),
);

async function shows(id: string): Promise<OpenDocket> {
  const docket = new OpenDocket();
  const done = docket.choose(id);
  asked.shift()!.answer(5);
  await done;
  return docket;
}

describe('the docket that is open', () => {
  beforeEach(() => void asked.splice(0));

  test('stays the one of before until another is here', async () => {
    const docket = await shows('A');
    const done = docket.choose('B');
    expect([docket.now?.consultation.id, docket.chosen, docket.isComing]).toEqual(['A', 'B', true]);
    asked[0]!.answer(1);
    await done;
    expect([docket.now?.consultation.id, docket.isComing]).toEqual(['B', false]);
  });

  test('is that of before when the other cannot be fetched, and the failure is told', async () => {
    const docket = await shows('A');
    const done = docket.choose('B');
    asked[0]!.fail();
    await expect(done).rejects.toBeInstanceOf(Problem);
    expect([docket.now?.consultation.id, docket.chosen, docket.isComing]).toEqual(['A', 'A', false]);
  });

  test('is the one that was chosen last, in whatever order the answers come', async () => {
    const docket = await shows('A');
    const choices = [docket.choose('B'), docket.choose('C')];
    asked[1]!.answer(1);
    asked[0]!.answer(1);
    await Promise.all(choices);
    expect(docket.now?.consultation.id).toBe('C');
  });

  test('says nothing of a failure to fetch what is not wanted any more', async () => {
    const docket = await shows('A');
    const choices = [docket.choose('B'), docket.choose('A')];
    asked[0]!.fail();
    asked[1]!.answer(6);
    await Promise.all(choices);
    expect([docket.now?.seq, docket.chosen]).toEqual([6, 'A']);
  });

  test('is never overwritten by an older one', async () => {
    const docket = await shows('A');
    const looks = [docket.look(), docket.look()];
    asked[1]!.answer(7);
    asked[0]!.answer(6);
    await Promise.all(looks);
    expect(docket.now?.seq).toBe(7);
  });

  test('is not replaced by a look at the one of before', async () => {
    const docket = await shows('A');
    const look = docket.look();
    const choice = docket.choose('B');
    asked[1]!.answer(1);
    await choice;
    asked[0]!.answer(9);
    await look;
    expect(docket.now?.consultation.id).toBe('B');
  });
});
