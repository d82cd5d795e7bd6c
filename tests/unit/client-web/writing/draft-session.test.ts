import { describe, expect, test } from 'vitest';
import { DraftSession, type Command } from '../../../../client-web/src/lib/writing/draft-session';

const me = 'aaaa0000';
const you = 'bbbb0000';
const isMe = (who: string) => who === me;

/** A session with one command under way: "!" behind "ab", made on revision 4. */
function underWay(): { session: DraftSession; command: Command } {
  const session = new DraftSession(isMe, { text: 'ab', revision: 4 });
  session.type([2, '!']);
  return { session, command: session.send(() => 'one')! };
}

/** The server takes what is under way as it was sent. */
function taken(session: DraftSession): void {
  const { id, revision, edit } = session.command!;
  session.acknowledged(id, 20 + revision);
  session.hear({ seq: 20 + revision, revision: revision + 1, edit, who: me });
}

describe('a command under way', () => {
  test('carries the revision it was made on, and what is typed later waits', () => {
    const { session, command } = underWay();
    session.type([3, '?']);
    expect(command).toEqual({ id: 'one', revision: 4, edit: [2, '!'] });
    expect(session.send(() => 'two')).toBeNull();
    expect(session.view).toBe('ab!?');
  });

  test('is settled when its event is heard, which its ack names', () => {
    const { session } = underWay();
    expect(session.acknowledged('one', 20)).toEqual([]);
    expect(session.settled).toBe(false);
    expect(session.hear({ seq: 20, revision: 5, edit: [2, '!'], who: me })).toEqual([]);
    expect(session.known).toEqual({ text: 'ab!', revision: 5 });
    expect(session.settled).toBe(true);
  });

  test('is taken once when its event comes before its ack', () => {
    const { session } = underWay();
    session.hear({ seq: 20, revision: 5, edit: [2, '!'], who: me });
    session.hear({ seq: 21, revision: 6, edit: ['Y'], who: you });
    expect(session.view).toBe('ab!');
    expect(session.acknowledged('one', 20)).toEqual(['Y']);
    expect(session.view).toBe('Yab!');
  });

  test('is not taken for an equal edit of the same person on another device', () => {
    const { session } = underWay();
    session.hear({ seq: 20, revision: 5, edit: [2, '!'], who: me });
    expect(session.acknowledged('one', 21)).toEqual([3, '!']);
    expect(session.view).toBe('ab!!');
    session.hear({ seq: 21, revision: 6, edit: [2, '!'], who: me });
    expect([session.view, session.settled]).toEqual(['ab!!', true]);
  });

  test('stays under way when others were faster, and comes as it was fitted in after them', () => {
    const { session, command } = underWay();
    expect(session.hear({ seq: 20, revision: 5, edit: ['Y'], who: you })).toEqual(['Y']);
    expect(session.hear({ seq: 21, revision: 6, edit: [1, 'Z'], who: you })).toEqual([1, 'Z']);
    expect(session.view).toBe('YZab!');
    expect(session.command).toEqual(command);
    session.acknowledged('one', 22);
    expect(session.hear({ seq: 22, revision: 7, edit: [4, '!'], who: me })).toEqual([]);
    expect([session.known.text, session.settled]).toEqual(['YZab!', true]);
  });

  test('of which others left nothing to do is told all the same', () => {
    const session = new DraftSession(isMe, { text: 'ab', revision: 4 });
    session.type([{ d: 1 }]);
    session.send(() => 'one');
    session.hear({ seq: 20, revision: 5, edit: [{ d: 1 }], who: you });
    session.acknowledged('one', 21);
    session.hear({ seq: 21, revision: 6, edit: [], who: me });
    expect([session.view, session.settled, session.known.revision]).toEqual(['b', true, 6]);
  });

  test('that came too late goes again under another id, when the revision is known that was too late for', () => {
    const { session } = underWay();
    session.hear({ seq: 20, revision: 5, edit: ['Y'], who: you });
    expect(session.refused('one', 6)).toEqual([]);
    expect(session.send(() => 'two')).toBeNull();
    session.hear({ seq: 21, revision: 6, edit: ['Z'], who: you });
    expect(session.send(() => 'two')).toEqual({
      id: 'two',
      revision: 6,
      edit: [4, '!'],
    });
  });
});

describe('a snapshot', () => {
  test('waits for the answer of what is under way, which it may hold', () => {
    const held = underWay().session;
    expect(held.read({ text: 'Yab!', revision: 6, seq: 21 })).toEqual([]);
    held.acknowledged('one', 20);
    expect([held.view, held.settled]).toEqual(['Yab!', true]);

    const not = underWay().session;
    not.read({ text: 'Yab', revision: 5, seq: 20 });
    not.acknowledged('one', 21);
    expect([not.view, not.settled]).toEqual(['Yab!', false]);
    not.hear({ seq: 21, revision: 6, edit: [3, '!'], who: me });
    expect([not.view, not.settled]).toEqual(['Yab!', true]);
  });

  test('that is older than what is known says nothing', () => {
    const { session } = underWay();
    expect(session.read({ text: 'a', revision: 3, seq: 18 })).toEqual([]);
    expect(session.read({ text: 'ab', revision: 4, seq: 19 })).toEqual([]);
    session.acknowledged('one', 20);
    expect(session.view).toBe('ab!');
  });

  test('of a server that was put back is taken though its revision is smaller', () => {
    const session = new DraftSession(isMe, { text: 'ab', revision: 4 });
    session.type([2, '!']);
    expect(session.read({ text: 'b', revision: 1, seq: 5 }, 'restored')).toEqual([{ d: 1 }]);
    expect(session.view).toBe('b!');
    expect(session.send(() => 'one')).toEqual({
      id: 'one',
      revision: 1,
      edit: [1, '!'],
    });
  });

  test('of a server that has forgotten what it acknowledged takes that away', () => {
    const { session } = underWay();
    session.acknowledged('one', 20);
    session.read({ text: 'b', revision: 1, seq: 5 }, 'restored');
    expect([session.view, session.settled]).toEqual(['b', true]);
  });

  test('that is read again, before an own event that is known to come, takes nothing away from what waits', () => {
    const { session } = underWay();
    session.acknowledged('one', 20);
    session.type([2, { d: 1 }]); // the "!" again
    session.read({ text: 'ab', revision: 4, seq: 19 }, 'again');
    session.hear({ seq: 20, revision: 5, edit: [2, '!'], who: me });
    expect(session.view).toBe('ab');
    expect(session.send(() => 'two')?.edit).toEqual([2, { d: 1 }]);
  });

  test('is asked for when an event is missing, or fits no text', () => {
    const session = new DraftSession(isMe, { text: 'ab', revision: 4 });
    session.hear({ seq: 21, revision: 6, edit: ['Y'], who: you });
    expect(session.lost).toBe(true);
    const other = new DraftSession(isMe, { text: 'ab', revision: 4 });
    other.hear({ seq: 20, revision: 5, edit: [7, 'Y'], who: you });
    expect(other.lost).toBe(true);
    other.read({ text: 'abcdefgY', revision: 5, seq: 20 });
    expect([other.lost, other.view]).toEqual([false, 'abcdefgY']);
  });
});

describe('after a reload', () => {
  test('the command under way is the same, and what waited still waits', () => {
    const { session, command } = underWay();
    session.type([3, '?']);
    const again = new DraftSession(isMe, structuredClone(session.keep()));
    expect([again.view, again.command]).toEqual(['ab!?', command]);
    again.read({ text: 'Yab!Z', revision: 7, seq: 22 });
    again.acknowledged('one', 20);
    expect(again.view).toBe('Yab!?Z');
    expect(again.send(() => 'two')).toEqual({
      id: 'two',
      revision: 7,
      edit: [4, '?'],
    });
  });
});

describe('what the server takes', () => {
  test('more than 100 parts go in several commands, one after the other', () => {
    const text = 'x'.repeat(300);
    const session = new DraftSession(isMe, { text, revision: 0 });
    for (let i = 0; i < 150; i++) session.type([2 * i + 1, 'o']);
    for (let turn = 0; !session.settled; turn++) {
      expect(session.command).toBeNull();
      expect(session.send(() => `${turn}`)!.edit.length).toBeLessThanOrEqual(100);
      taken(session);
    }
    expect(session.known.text).toBe(session.view);
  });

  test('a text that is too long waits until it is shorter', () => {
    const session = new DraftSession(isMe, {
      text: 'x'.repeat(1999),
      revision: 0,
    });
    session.type(['abc']);
    expect([session.tooLong, session.send(() => 'one')]).toEqual([2, null]);
    session.type([{ d: 2 }]);
    expect(session.send(() => 'one')?.edit).toEqual(['c']);
  });

  test('deletions go first when the first part alone would make the text too long', () => {
    const session = new DraftSession(isMe, {
      text: 'x'.repeat(2000),
      revision: 0,
    });
    session.type([1900, { d: 100 }]);
    for (let i = 0; i < 60; i++) session.type([3 * i + 1, 'o']);
    const command = session.send(() => 'one')!;
    expect(command.edit).toEqual([1900, { d: 100 }]);
    taken(session);
    session.send(() => 'two');
    taken(session);
    session.send(() => 'three');
    taken(session);
    expect([session.settled, session.known.text]).toEqual([true, session.view]);
  });
});

test('words that the server is not known to have are named', () => {
  const { session } = underWay();
  session.type([3, ' and more']);
  expect(session.unsent).toBe('! and more');
});
