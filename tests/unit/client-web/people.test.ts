import { describe, expect, test } from 'vitest';
import { board, event, me, other, read, tableId, tell } from './support/boards';

const participant = '019a1f00-0000-7000-8000-000000000032';
const elsewhere = '019a1f00-0000-7000-8000-000000000021';

describe('tables', () => {
  test('come, take another name, and go', () => {
    const made = board({ tables: [] });
    tell(made, event('table-added'), event('table-renamed'), event('table-status'));
    expect(made.tables.list).toMatchObject([{ id: tableId, title: 'مجموعة التعليم', status: 'help' }]);
    tell(made, event('table-removed'));
    expect(made.tables.list).toEqual([]);
  });

  test('say where I sit, and how many sit there', () => {
    const made = board();
    tell(made, event('table-seated'));
    expect(made.mySeat).toBe(tableId);
    expect(made.tables.mine?.people).toBe(4);
    tell(made, event('table-removed'));
    expect(made.mySeat).toBeNull();
  });

  test('do not seat me where others sit down', () => {
    const made = board();
    tell(made, { ...event('table-seated'), who: [other] });
    expect(made.mySeat).toBeNull();
  });

  test('tell staff where everybody sits', () => {
    const made = board({ audience: 'staff', seats: {} });
    tell(made, { ...event('table-seated'), participants: [participant] });
    expect([...made.tables.seats]).toEqual([[participant, tableId]]);
    tell(made, event('table-seated-nowhere-to-staff'));
    expect(made.tables.seats.size).toBe(0);
  });

  test('have a rapporteur until that person sits elsewhere', () => {
    const made = board();
    tell(made, event('table-seated'), event('table-rapporteur'));
    expect(made.amRapporteur).toBe(true);
    tell(made, { ...event('table-seated'), table: elsewhere, people: [{ table: tableId, people: 3 }] });
    expect(made.tables.get(tableId)).toMatchObject({ people: 3, rapporteur: undefined });
    expect(made.amRapporteur).toBe(false);
  });
});

describe('the floor', () => {
  test('knows that I ask for it and that I have it', () => {
    const made = board();
    tell(made, event('floor-asked'));
    expect([made.askedForFloor, made.haveFloor]).toEqual([true, false]);
    tell(made, event('floor-given'));
    expect([made.askedForFloor, made.haveFloor]).toEqual([false, true]);
    tell(made, event('floor-ended'));
    expect([made.askedForFloor, made.haveFloor]).toEqual([false, false]);
  });

  test('is not asked for by a screen, which is nobody', () => {
    const made = board();
    made.readMine('', { contributions: [], supports: [], ratings: {} });
    expect([made.askedForFloor, made.haveFloor, made.amRapporteur]).toEqual([false, false, false]);
  });

  test('is no longer asked for by who is removed', () => {
    const made = board();
    tell(made, event('floor-asked'), event('person-removed'));
    expect(made.floor.queue.map((person) => person.who)).toEqual([me]);
    expect(made.amRemoved).toBe(false);
  });
});

test('who is removed knows it, and may come back', () => {
  const made = board();
  tell(made, { ...event('person-removed'), who: me });
  expect(made.amRemoved).toBe(true);
  tell(made, { ...event('person-readmitted'), who: me });
  expect(made.amRemoved).toBe(false);
});

test('staff know who is removed', () => {
  const made = board({ audience: 'staff', removed: [participant] });
  tell(made, event('person-removed-to-staff'));
  expect(made.removed.size).toBe(2);
  tell(made, { ...event('person-readmitted'), participant });
  expect(made.removed.has(participant)).toBe(false);
});

test('staff read each other’s notes, of which the room has no words', () => {
  const staff = board({ audience: 'staff' });
  tell(staff, event('staff-note-to-staff'));
  expect(staff.notes).toMatchObject([{ text: 'المجموعة 3 تحتاج مساعدة', name: 'سلمى' }]);
  const room = board();
  tell(room, event('staff-note'));
  expect(room.notes).toEqual([]);
});

test('staff who come later read the notes of before', () => {
  const note = { seq: 2, at: 1764000000000, text: 'نبدأ بعد دقيقة', who: other };
  const staff = board({ audience: 'staff', notes: [note] });
  tell(staff, event('staff-note-to-staff'));
  expect(staff.notes.map(({ text }) => text)).toEqual(['نبدأ بعد دقيقة', 'المجموعة 3 تحتاج مساعدة']);
});

test('closing the workshop ends who speaks and who wants to', () => {
  const made = board({ floor: { queue: [{ who: me }], speaking: { who: other, since: 1 } } });
  tell(made, { ...event('phase-entered'), phase: 'closed' });
  expect(made.floor).toEqual({ queue: [] });
});

test('a note says which one it answers', () => {
  const made = board({ audience: 'staff', notes: [] });
  tell(made, event('staff-note-answering-to-staff'));
  expect(made.notes).toMatchObject([{ name: 'سلمى', answers: 4 }]);
});

describe('who is removed', () => {
  test('is told why by a welcome alone, and of nothing any more once they are back', () => {
    const made = board();
    tell(made, { ...event('person-removed'), who: me });
    expect([made.amRemoved, made.removedFor, made.takeMissing()]).toEqual([true, null, 'mine']);
    made.welcome(read('welcome-removed.json').message);
    expect([made.amRemoved, made.removedFor]).toEqual([true, 'disrespect']);
    made.welcome(read('welcome-participant.json').message);
    expect([made.amRemoved, made.removedFor]).toEqual([false, null]);
  });
  test('is not told the ground of before when they are removed again', () => {
    const made = board();
    made.welcome(read('welcome-removed.json').message);
    const who = made.alias;
    tell(made, { ...event('person-readmitted'), who }, { ...event('person-removed'), who });
    expect([made.amRemoved, made.removedFor]).toEqual([true, null]);
  });
});
