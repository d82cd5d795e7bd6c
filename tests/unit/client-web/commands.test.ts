import { describe, expect, test, vi } from 'vitest';
import { Commands } from '../../../client-web/src/lib/live/commands.svelte';
import { remember } from '../../../client-web/src/lib/live/own-changes';
import { memoryStore } from '../../../client-web/src/lib/outbox/store';
import { board, cardId, draftId, otherCardId, tableId, tell } from './support/boards';

function connected() {
  const made = board();
  const sent: { id: string; action: string }[] = [];
  const commands: Commands = new Commands('w', memoryStore(), {
    send: (message) => void sent.push(message as { id: string; action: string }),
    kept: (entry, ack) => remember(made, entry, ack),
  });
  return { board: made, commands, sent };
}

describe('who awaits a command', () => {
  test('gets the ack', async () => {
    const { commands, sent } = connected();
    const outcome = commands.perform({ action: 'draft.discard', draft: draftId });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const id = sent[0]!.id;
    await commands.acknowledged({ id, seq: 9 });
    expect(await outcome).toEqual({ ok: true, id, seq: 9 });
    expect(commands.outbox.size).toBe(0);
  });

  test('gets the rejection, which then is nobody else’s complaint', async () => {
    const { commands, sent } = connected();
    const outcome = commands.perform({ action: 'draft.change', draft: draftId, revision: 3, edit: ['نص'] });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const id = sent[0]!.id;
    await commands.rejected({ type: 'reject', id, code: 'stale_revision', field: 'revision', limit: 8 });
    expect(await outcome).toEqual({ ok: false, id, code: 'stale_revision', field: 'revision', limit: 8 });
    expect(commands.complaint).toBeNull();
  });

  test('goes on only if it was taken; else it is a complaint', async () => {
    const { commands, sent } = connected();
    const first = commands.attempt({ action: 'phase.enter', phase: 'problems' });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await commands.acknowledged({ id: sent[0]!.id, seq: 9 });
    expect(await first).toBe(true);
    expect(commands.complaint).toBeNull();
    const second = commands.attempt({ action: 'phase.enter', phase: 'problems' });
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    await commands.rejected({ type: 'reject', id: sent[1]!.id, code: 'phase_closed' });
    expect(await second).toBe(false);
    expect(commands.complaint).toEqual({ code: 'phase_closed', action: 'phase.enter' });
  });

  test('goes on waiting while it is tried again', async () => {
    vi.useFakeTimers();
    const { commands, sent } = connected();
    const outcome = commands.perform({ action: 'table.sit', table: tableId });
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const id = sent[0]!.id;
    await commands.rejected({ type: 'reject', id, code: 'busy' });
    vi.advanceTimersByTime(2_000);
    expect(sent.map((command) => command.id)).toEqual([id, id]);
    await commands.acknowledged({ id, seq: 9 });
    expect((await outcome).ok).toBe(true);
    vi.useRealTimers();
  });
});

test('a solution that came with its result leaves two contributions of one’s own', async () => {
  const { board: made, commands } = connected();
  const id = await commands.send({ action: 'contribute', kind: 'solution', text: 'حل', result: 'نتيجة' });
  const result = { contribution: otherCardId, receipt: 'M2RD-8K4T-QZVN' };
  await commands.acknowledged({ id, seq: 9, receipt: 'K7QM-3F9P-XTWB', result });
  expect(made.mine.get(id)).toMatchObject({ kind: 'solution', text: 'حل', receipt: 'K7QM-3F9P-XTWB' });
  expect(made.mine.get(otherCardId)).toMatchObject({ kind: 'result', text: 'نتيجة', receipt: result.receipt });
});

test('a solution that was refused for its result keeps its words', async () => {
  const { commands } = connected();
  const id = await commands.send({ action: 'contribute', kind: 'solution', text: 'حل' });
  await commands.rejected({ type: 'reject', id, code: 'result_required', field: 'result' });
  expect(commands.outbox.get(id)).toMatchObject({ state: 'rejected', code: 'result_required', command: { text: 'حل' } });
});

test('nobody awaits it: a rejection is a complaint', async () => {
  const { commands } = connected();
  const id = await commands.send({ action: 'table.sit', table: tableId });
  await commands.rejected({ type: 'reject', id, code: 'table_not_found', field: 'table' });
  expect(commands.complaint).toEqual({ code: 'table_not_found', action: 'table.sit' });
});

test('a complaint is over when a command of its kind is taken', async () => {
  const { commands } = connected();
  const refused = await commands.send({ action: 'table.sit', table: tableId });
  await commands.rejected({ type: 'reject', id: refused, code: 'table_not_found', field: 'table' });
  await commands.acknowledged({ id: await commands.send({ action: 'floor.ask' }), seq: 9 });
  expect(commands.complaint).not.toBeNull();
  await commands.acknowledged({ id: await commands.send({ action: 'table.sit', table: tableId }), seq: 10 });
  expect(commands.complaint).toBeNull();
});

test('a complaint is not over when one is taken that was given before it', async () => {
  const { commands } = connected();
  const first = await commands.send({ action: 'place', contribution: cardId, theme: null });
  const second = await commands.send({ action: 'place', contribution: otherCardId, theme: null });
  await commands.rejected({ type: 'reject', id: first, code: 'contribution_not_found' });
  await commands.acknowledged({ id: second, seq: 9 });
  expect(commands.complaint).toEqual({ code: 'contribution_not_found', action: 'place' });
  const third = await commands.send({ action: 'place', contribution: otherCardId, theme: null });
  await commands.acknowledged({ id: third, seq: 10 });
  expect(commands.complaint).toBeNull();
});

test('slow mode sends what waits when its time has come', async () => {
  vi.useFakeTimers({ now: 1_000 });
  const { commands, sent } = connected();
  const id = await commands.send({ action: 'contribute', kind: 'problem', text: 'نص' });
  await commands.rejected({ type: 'reject', id, code: 'slow_mode', limit: 30 });
  expect(commands.slowUntil).toBe(31_000);
  vi.advanceTimersByTime(29_999);
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(sent).toHaveLength(2);
  await commands.acknowledged({ id, seq: 9, receipt: 'K7QM-3F9P-XTWB' });
  expect(commands.slowUntil).toBeNull();
  vi.useRealTimers();
});

test('supports that wait count as given', async () => {
  const { commands } = connected();
  await commands.send({ action: 'support', contribution: cardId, on: true });
  await commands.send({ action: 'support', contribution: otherCardId, on: false });
  expect([...commands.supportsAfter([otherCardId])]).toEqual([cardId]);
});

describe('an acknowledged command is mine at once', () => {
  const acknowledge = async (fields: { action: string; [key: string]: unknown }, receipt?: string) => {
    const made = connected();
    const id = await made.commands.send(fields);
    await made.commands.acknowledged({ id, seq: 9, ...(receipt ? { receipt } : {}) });
    return { ...made, id };
  };

  test('a rating', async () => {
    const { board } = await acknowledge({ action: 'rate', contribution: cardId, impact: 5, feasibility: 2 });
    expect(board.myRatings.get(cardId)).toEqual({ impact: 5, feasibility: 2 });
  });
  test('a seat', async () => {
    const { board } = await acknowledge({ action: 'table.sit', table: tableId });
    expect(board.mySeat).toBe(tableId);
  });
  test('a draft that was handed in, with its receipt', async () => {
    const { board, id } = await acknowledge({ action: 'draft.hand_in', draft: draftId }, 'K7QM-3F9P-XTWB');
    expect(board.mine.get(id)).toMatchObject({ kind: 'solution', receipt: 'K7QM-3F9P-XTWB' });
  });
  test('other words, of which the room’s event may say none', async () => {
    const made = connected();
    made.board.mine.set(cardId, {
      id: cardId,
      receipt: 'K7QM-3F9P-XTWB',
      kind: 'problem',
      state: 'waiting',
      text: 'قبل',
    });
    const id = await made.commands.send({ action: 'edit', contribution: cardId, text: 'بعد' });
    tell(made.board, { type: 'contribution.edited', contribution: cardId, edits: 1 });
    await made.commands.acknowledged({ id, seq: 6 });
    expect(made.board.mine.get(cardId)).toMatchObject({ state: 'waiting', text: 'بعد' });
  });
  test('a contribution that waits says so, even if the event came first', async () => {
    const made = connected();
    const id = await made.commands.send({ action: 'contribute', kind: 'problem', text: 'نص' });
    tell(made.board, {
      type: 'contribution.added',
      contribution: { id, kind: 'problem', state: 'waiting', supports: 0, edits: 0, at: 0, seq: 6 },
    });
    await made.commands.acknowledged({ id, seq: 6, receipt: 'K7QM-3F9P-XTWB' });
    expect(made.board.mine.get(id)).toMatchObject({ state: 'waiting', text: 'نص' });
  });
});

describe('an edit of a draft from before a reload', () => {
  test('that came too late is no complaint: its editor sees it', async () => {
    const { commands } = connected();
    const id = await commands.send({ action: 'draft.change', draft: draftId, revision: 3, edit: ['نص'] });
    await commands.rejected({ type: 'reject', id, code: 'stale_revision', limit: 8 });
    expect(commands.complaint).toBeNull();
    expect(commands.outbox.size).toBe(0);
  });
  test('is known by the name that its editor gave it', async () => {
    const { commands, sent } = connected();
    void commands.perform({ action: 'draft.change', draft: draftId, revision: 0, edit: ['نص'] }, cardId);
    await vi.waitFor(() => expect(sent[0]?.id).toBe(cardId));
  });
});
