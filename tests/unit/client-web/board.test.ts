import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Event, Events, Snapshot } from '../../../client-web/src/lib/generated/protocol';
import { Board } from '../../../client-web/src/lib/live/board.svelte';

const examples = resolve(import.meta.dirname, '../../../schemas/live/examples/valid');
const read = (name: string) => JSON.parse(readFileSync(resolve(examples, name), 'utf8'));
const cardId = '019a1f00-0000-7000-8000-000000000001';

const one = (event: Event): Events => ({
  type: 'events',
  first: event.seq,
  last: event.seq,
  events: [event],
});

function board(): Board {
  const made = new Board();
  made.read({
    epoch: '4f2a9c31',
    seq: 5,
    title: '',
    language: 'ar',
    questions: {},
    phase: 'problems',
    rules: {
      contribute: ['problem'],
      support: false,
      edit: true,
      withdraw: true,
    },
    timer: null,
    themes: [{ id: '019a1f00-0000-7000-8000-000000000009', title: 'قبل' }],
    contributions: [read('events-contribution-added.json').message.events[0].contribution],
  } as unknown as Snapshot);
  return made;
}

describe('the board', () => {
  const names = readdirSync(examples).filter((name) => name.startsWith('events-'));

  test('has an example of every event', () => expect(names.length).toBeGreaterThanOrEqual(15));

  test.each(names)('takes %s as its next event', (name) => {
    const made = board();
    expect(made.take(read(name).message)).toBe(true);
    expect(made.seq).toBe(6);
  });

  test('says when an event is missing, and does not take the one after', () => {
    const made = board();
    expect(made.take(one({ seq: 7, at: 0, type: 'theme.removed', theme: 'x' } as Event))).toBe(false);
    expect(made.seq).toBe(5);
  });

  test('moves over tallies that a later one in the message supersedes', () => {
    const made = board();
    const tally = {
      seq: 9,
      at: 0,
      type: 'contribution.supported',
      contribution: cardId,
      supports: 4,
    } as Event;
    expect(made.take({ type: 'events', first: 6, last: 9, events: [tally] })).toBe(true);
    expect(made.contributions.get(cardId)?.supports).toBe(4);
    expect(made.seq).toBe(9);
  });

  test('takes an event that it has already as nothing new', () => {
    const made = board();
    const event = {
      seq: 5,
      at: 0,
      type: 'theme.removed',
      theme: '019a1f00-0000-7000-8000-000000000009',
    };
    expect(made.take(one(event as Event))).toBe(true);
    expect(made.themes).toHaveLength(1);
  });

  test('forgets hidden words for the room and keeps them for staff', () => {
    const message = read('events-contribution-hidden.json').message;
    const room = board();
    room.take(message);
    expect(room.contributions.get(cardId)).toMatchObject({
      state: 'hidden',
      reason: message.events[0].reason,
    });
    expect(room.contributions.get(cardId)?.text).toBeUndefined();

    const staff = board();
    staff.contributions.set(cardId, {
      ...staff.contributions.get(cardId)!,
      author: cardId,
    });
    staff.take(message);
    expect(staff.contributions.get(cardId)?.text).toBeDefined();
  });

  test('ungroups the contributions of a theme that is removed', () => {
    const made = board();
    made.take(read('events-contribution-placed.json').message);
    made.take(one({ ...read('events-theme-removed.json').message.events[0], seq: 7 }));
    expect(made.contributions.get(cardId)?.theme).toBeUndefined();
  });
});
