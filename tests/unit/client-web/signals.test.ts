import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Signals } from '../../../client-web/src/lib/live/signals.svelte';
import { cardId, draftId, me, other, otherCardId, read } from './support/boards';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function connected() {
  const sent: object[] = [];
  return {
    sent,
    signals: new Signals(
      (message) => void sent.push(message),
      () => me,
    ),
  };
}

describe('signals of others', () => {
  test('say who holds a card and where cursors stand, but for my own', () => {
    const { signals } = connected();
    signals.take(read('signals.json').message); // the hold is mine
    expect(signals.holds.size).toBe(0);
    expect(signals.cursors(draftId)).toMatchObject([{ who: other, at: 12 }]);
    expect(signals.cursors(otherCardId)).toEqual([]);
    signals.take({ type: 'signals', items: [{ kind: 'hold', who: other, target: cardId }] });
    expect(signals.holds.get(cardId)?.who).toBe(other);
    expect(signals.cursors(draftId)).toEqual([]);
  });

  test('are not known without a connection', () => {
    const { signals } = connected();
    signals.take(read('signals.json').message);
    signals.lost();
    expect(signals.cursors(draftId)).toEqual([]);
  });
});

describe('my signals', () => {
  test('a hold is renewed until I let go', () => {
    const { signals, sent } = connected();
    signals.hold(cardId);
    vi.advanceTimersByTime(8_000);
    expect(sent).toEqual(Array(3).fill({ type: 'signal', kind: 'hold', target: cardId }));
    signals.hold(null);
    vi.advanceTimersByTime(20_000);
    expect(sent.slice(3)).toEqual([{ type: 'signal', kind: 'hold', target: null }]);
  });

  test('a cursor that moves much is told seldom, and where it is at last', () => {
    const { signals, sent } = connected();
    for (let at = 0; at < 100; at++) signals.cursor(draftId, at);
    vi.advanceTimersByTime(300);
    expect(sent).toEqual([{ type: 'signal', kind: 'cursor', target: draftId, at: 99 }]);
    signals.cursor(null);
    vi.advanceTimersByTime(300);
    expect(sent[1]).toEqual({ type: 'signal', kind: 'cursor', target: null });
  });

  test('what I have seen is told once, at most 50 at a time', () => {
    const { signals, sent } = connected();
    signals.seen(Array.from({ length: 60 }, (_, i) => String(i)));
    signals.seen(['0', '59']);
    vi.advanceTimersByTime(60_000);
    expect(sent.map((message) => (message as { contributions: string[] }).contributions.length)).toEqual([
      50, 10,
    ]);
  });

  test('are told again after a loss', () => {
    const { signals, sent } = connected();
    signals.hold(cardId);
    signals.seen([cardId]);
    vi.advanceTimersByTime(2_000);
    sent.length = 0;
    signals.again();
    vi.advanceTimersByTime(2_000);
    expect(sent).toEqual([
      { type: 'signal', kind: 'hold', target: cardId },
      { type: 'seen', contributions: [cardId] },
    ]);
  });

  test('end with the page', () => {
    const { signals, sent } = connected();
    signals.hold(cardId);
    signals.cursor(draftId, 1);
    signals.seen([cardId]);
    signals.stop();
    vi.advanceTimersByTime(20_000);
    expect(sent).toHaveLength(1);
  });
});
