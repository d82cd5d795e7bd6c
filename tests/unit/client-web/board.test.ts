import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Event, Events } from '../../../client-web/src/lib/generated/protocol';
import {
  board,
  card,
  cardId,
  draftId,
  event,
  examples,
  me,
  other,
  read,
  snapshot,
  tableId,
  tell,
} from './support/boards';

const one = (event: Event): Events => ({
  type: 'events',
  first: event.seq,
  last: event.seq,
  events: [event],
});

describe('the board', () => {
  const names = readdirSync(examples).filter((name) => name.startsWith('events-'));

  test('has an example of every event', () => {
    const schema = JSON.parse(readFileSync(resolve(examples, '../../events.schema.json'), 'utf8'));
    const known = schema.definitions.event.oneOf.map(
      (one: { properties: { type: { const: string } } }) => one.properties.type.const,
    );
    const shown = names.map((name) => read(name).message.events[0].type);
    expect([...new Set(shown)].sort()).toEqual([...known].sort());
  });

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

    const staff = board({ audience: 'staff' });
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

describe('a phase', () => {
  test('has what the agenda plans for it, and its question', () => {
    const made = board();
    tell(made, event('agenda-set'));
    expect(made.plan?.guidance).toBe('مساهمة واحدة لكل فكرة، بكلماتكم.');
    expect(made.questions.problems).toContain('الوصول إلى المعلومة');
    expect(made.questions.solutions).toBeUndefined();
    expect(made.rules.silent).toBe(true);
  });

  test('is no longer silent when what was written silently is revealed', () => {
    const made = board();
    tell(made, event('agenda-set'), event('contributions-revealed'));
    expect(made.rules.silent).toBe(false);
  });

  test('may hide tallies when it is entered', () => {
    const made = board();
    tell(made, { ...event('phase-entered'), tallies_hidden: true });
    expect(made.talliesHidden).toBe(true);
    expect(made.contributions.get(cardId)?.supports).toBeUndefined();
  });
});

describe('settings', () => {
  const named = { ...card.contribution, author_name: 'أمينة' };
  const floor = { speaking: { who: me, name: 'أمينة', since: 0 }, queue: [{ who: me, name: 'أمينة' }] };

  test('that make a workshop anonymous take all names away at once', () => {
    const made = board({ contributions: [named], floor });
    tell(made, event('table-rapporteur'), event('settings-set'));
    expect(made.contributions.get(cardId)?.author_name).toBeUndefined();
    expect(made.tables.list[0]?.rapporteur_name).toBeUndefined();
    expect(JSON.stringify(made.floor)).not.toContain('أمينة');
    expect(made.rules.anonymous).toBe(true);
    expect(made.takeMissing()).toBeNull();
  });

  test('that give names back need a snapshot', () => {
    const made = board();
    tell(made, event('settings-set'));
    const set = event('settings-set') as unknown as { settings: object };
    tell(made, { ...set, settings: { ...set.settings, anonymous: false } });
    expect(made.takeMissing()).toBe('board');
    expect(made.takeMissing()).toBeNull();
  });
});

test('the projector and its caption follow the facilitator', () => {
  const made = board();
  tell(made, event('projector-shown'), event('caption-set'));
  expect(made.projector).toEqual({ view: 'contribution', target: cardId });
  expect(made.caption).toBe('نستأنف بعد عشر دقائق');
  tell(made, event('caption-set-to-nothing'));
  expect(made.caption).toBeNull();
});

describe('what concerns one person alone is asked for', () => {
  test('when other words are asked of them', () => {
    const made = board();
    tell(made, event('contribution-reword-asked'));
    expect(made.takeMissing()).toBeNull();
    made.mine.set(cardId, { id: cardId, receipt: 'K7QM-3F9P-XTWB', kind: 'problem', state: 'shown' });
    tell(made, event('contribution-reword-asked'));
    expect(made.takeMissing()).toBe('mine');
  });
  test('when they are seated', () => {
    const made = board();
    tell(made, { ...event('table-seated'), who: ['b7d2035c'] });
    expect(made.takeMissing()).toBeNull();
    tell(made, event('table-seated'));
    expect(made.takeMissing()).toBe('mine');
  });
  describe('when somebody handed in a text', () => {
    const edit = (revision: number, who: string) => ({
      type: 'draft.changed',
      draft: draftId,
      revision,
      edit: ['نشر'],
      who,
    });
    test('that they wrote in', () => {
      const made = board();
      tell(made, edit(1, other), event('draft-handed-in'));
      expect(made.takeMissing()).toBeNull();
      const together = board();
      tell(together, edit(1, other), edit(2, me), event('draft-handed-in'));
      expect(together.takeMissing()).toBe('mine');
    });
    test('that was begun before they came back', () => {
      const draft = { id: draftId, kind: 'solution', text: 'نشر', revision: 1, writers: 1 } as const;
      const made = board({ drafts: [draft] });
      tell(made, event('draft-handed-in'));
      expect(made.takeMissing()).toBe('mine');
    });
    test('at their own table', () => {
      const made = board();
      made.tables.mySeat = tableId;
      tell(made, edit(1, other), event('draft-handed-in'));
      expect(made.takeMissing()).toBe('mine');
    });
  });
  test('when they are removed', () => {
    const made = board();
    tell(made, event('person-removed'));
    expect(made.takeMissing()).toBeNull();
    tell(made, { ...event('person-removed'), who: me });
    expect(made.takeMissing()).toBe('mine');
  });
});

test('a phase that changed unseen began at the latest when the server was asked, by its clock', () => {
  const made = board();
  const { phaseSince } = made;
  made.read({ ...snapshot(), time: 1_000 });
  expect(made.phaseSince).toBe(phaseSince);
  made.read({ ...snapshot({ phase: 'grouping' }), time: 2_000 });
  made.read({ ...snapshot({ phase: 'grouping' }), time: 3_000 });
  expect(made.phaseSince).toBe(2_000);
  made.welcome({ ...read('welcome-participant.json').message, phase: 'plenary', time: 4_000 });
  expect(made.phaseSince).toBe(4_000);
});
