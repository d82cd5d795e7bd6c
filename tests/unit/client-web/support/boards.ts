import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Event, Events } from '../../../../client-web/src/lib/generated/protocol';
import { Board, type BoardSnapshot } from '../../../../client-web/src/lib/live/board.svelte';

export const examples = resolve(import.meta.dirname, '../../../../schemas/live/examples/valid');
export const read = (name: string) => JSON.parse(readFileSync(resolve(examples, name), 'utf8'));
/** The event that an example tells. */
export const event = (name: string): Event => read(`events-${name}.json`).message.events[0];

export const cardId = '019a1f00-0000-7000-8000-000000000001';
export const otherCardId = '019a1f00-0000-7000-8000-000000000002';
export const tableId = '019a1f00-0000-7000-8000-000000000020';
export const draftId = '019a1f00-0000-7000-8000-000000000030';
export const me = '4f0c9a1e';
export const other = 'b7d2035c';

export const card = { ...event('contribution-added') } as unknown as {
  contribution: BoardSnapshot['contributions'][number];
};

export function snapshot(changes: Partial<BoardSnapshot> = {}): BoardSnapshot {
  return {
    audience: 'room',
    epoch: '4f2a9c31',
    seq: 5,
    title: '',
    language: 'ar',
    agenda: [],
    settings: {
      moderation: 'after',
      anonymous: false,
      results_required: false,
      paused: false,
      slow_seconds: 0,
      quorum: 0,
    },
    questions: {},
    phase: 'problems',
    rules: read('welcome-participant.json').message.rules,
    timer: null,
    tallies_hidden: false,
    themes: [{ id: '019a1f00-0000-7000-8000-000000000009', title: 'قبل' }],
    contributions: [card.contribution, { ...card.contribution, id: otherCardId, seq: 4 }],
    tables: [{ id: tableId, title: 'الصحة', status: 'working', people: 2 }],
    floor: { queue: [] },
    projector: { view: 'board' },
    caption: null,
    drafts: [{ id: draftId, kind: 'solution', table: tableId, text: '', revision: 0, writers: 0 }],
    ...changes,
  };
}

/** A board on which somebody looks who is `me`. */
export function board(changes: Partial<BoardSnapshot> = {}): Board {
  const made = new Board();
  made.read(snapshot(changes));
  made.readMine(me, { contributions: [], supports: [], ratings: {} });
  return made;
}

/** Tells the board these events, one after the other, whatever their seq was. */
export function tell(made: Board, ...events: object[]): void {
  for (const one of events) {
    const seq = made.seq + 1;
    const message: Events = {
      type: 'events',
      first: seq,
      last: seq,
      events: [{ ...one, seq, at: 0 } as Event],
    };
    if (!made.take(message)) throw new Error('the board did not take the event');
  }
}
