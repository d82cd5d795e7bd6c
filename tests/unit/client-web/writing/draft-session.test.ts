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

describe('a command under way', () => {
  test('carries the revision it was made on, and what is typed later waits', () => {
    const { session, command } = underWay();
    session.type([3, '?']);
    expect(command).toEqual({ id: 'one', revision: 4, edit: [2, '!'] });
    expect(session.send(() => 'two')).toBeNull();
    expect(session.view).toBe('ab!?');
  });

  test('is taken with its ack, and its event says nothing new', () => {
    const { session } = underWay();
    expect(session.acknowledged('one')).toEqual([]);
    expect(session.hear({ revision: 5, edit: [2, '!'], who: me })).toEqual([]);
    expect(session.known).toEqual({ text: 'ab!', revision: 5 });
    expect(session.settled).toBe(true);
  });

  test('is taken once when its event comes before its ack', () => {
    const { session } = underWay();
    session.hear({ revision: 5, edit: [2, '!'], who: me });
    session.hear({ revision: 6, edit: ['Y'], who: you });
    expect(session.view).toBe('ab!');
    expect(session.acknowledged('one')).toEqual(['Y']);
    expect(session.view).toBe('Yab!');
  });

  test('is not taken for an equal edit of the same person on another device', () => {
    const { session } = underWay();
    session.hear({ revision: 5, edit: [2, '!'], who: me });
    expect(session.refused('one', 5)).toEqual([3, '!']);
    expect(session.view).toBe('ab!!');
    expect(session.send(() => 'two')).toEqual({ id: 'two', revision: 5, edit: [2, '!'] });
  });

  test('is overtaken by an event of somebody else, and goes again under another id', () => {
    const { session } = underWay();
    expect(session.hear({ revision: 5, edit: ['Y'], who: you })).toEqual(['Y']);
    expect(session.send(() => 'two')).toEqual({ id: 'two', revision: 5, edit: [3, '!'] });
    expect(session.refused('one', 5)).toEqual([]);
  });

  test('is not sent again before the revision is known that overtook it', () => {
    const { session } = underWay();
    session.refused('one', 5);
    expect(session.send(() => 'two')).toBeNull();
    session.hear({ revision: 5, edit: ['Y'], who: you });
    expect(session.send(() => 'two')).toMatchObject({ revision: 5 });
  });
});

describe('a snapshot', () => {
  test('waits for the answer of what is under way, which it may hold', () => {
    const held = underWay().session;
    expect(held.read({ text: 'Yab!', revision: 6 })).toEqual([]);
    held.acknowledged('one');
    expect(held.view).toBe('Yab!');

    const not = underWay().session;
    not.read({ text: 'Yab', revision: 5 });
    not.refused('one', 5);
    expect(not.view).toBe('Yab!');
    expect(not.settled).toBe(false);
  });

  test('that is older than what is known says nothing', () => {
    const { session } = underWay();
    expect(session.read({ text: 'a', revision: 3 })).toEqual([]);
    expect(session.read({ text: 'ab', revision: 4 })).toEqual([]);
    session.acknowledged('one');
    expect(session.view).toBe('ab!');
  });

  test('of a server that was put back is taken though its revision is smaller', () => {
    const session = new DraftSession(isMe, { text: 'ab', revision: 4 });
    session.type([2, '!']);
    expect(session.read({ text: 'b', revision: 1 }, true)).toEqual([{ d: 1 }]);
    expect(session.view).toBe('b!');
    expect(session.send(() => 'one')).toEqual({ id: 'one', revision: 1, edit: [1, '!'] });
  });

  test('is asked for when an event is missing, or fits no text', () => {
    const session = new DraftSession(isMe, { text: 'ab', revision: 4 });
    session.hear({ revision: 6, edit: ['Y'], who: you });
    expect(session.lost).toBe(true);
    const other = new DraftSession(isMe, { text: 'ab', revision: 4 });
    other.hear({ revision: 5, edit: [7, 'Y'], who: you });
    expect(other.lost).toBe(true);
    other.read({ text: 'abcdefgY', revision: 5 });
    expect([other.lost, other.view]).toEqual([false, 'abcdefgY']);
  });
});

describe('after a reload', () => {
  test('the command under way is the same, and what waited still waits', () => {
    const { session, command } = underWay();
    session.type([3, '?']);
    const again = new DraftSession(isMe, structuredClone(session.keep()));
    expect([again.view, again.command]).toEqual(['ab!?', command]);
    again.read({ text: 'Yab!Z', revision: 7 });
    again.acknowledged('one');
    expect(again.view).toBe('Yab!?Z');
    expect(again.send(() => 'two')).toEqual({ id: 'two', revision: 7, edit: [4, '?'] });
  });
});

describe('what the server takes', () => {
  test('more than 100 parts go in several commands, one after the other', () => {
    const text = 'x'.repeat(300);
    const session = new DraftSession(isMe, { text, revision: 0 });
    for (let i = 0; i < 150; i++) session.type([2 * i + 1, 'o']);
    const first = session.send(() => 'one')!;
    expect(first.edit.length).toBeLessThanOrEqual(100);
    session.acknowledged('one');
    for (let turn = 0; !session.settled; turn++) {
      expect(session.send(() => `${turn}`)!.edit.length).toBeLessThanOrEqual(100);
      session.acknowledged(`${turn}`);
    }
    expect(session.known.text).toBe(session.view);
  });

  test('a text that is too long waits until it is shorter', () => {
    const session = new DraftSession(isMe, { text: 'x'.repeat(1999), revision: 0 });
    session.type(['abc']);
    expect([session.tooLong, session.send(() => 'one')]).toEqual([2, null]);
    session.type([{ d: 2 }]);
    expect(session.send(() => 'one')?.edit).toEqual(['c']);
  });

  test('deletions go first when the first part alone would make the text too long', () => {
    const session = new DraftSession(isMe, { text: 'x'.repeat(2000), revision: 0 });
    session.type([1900, { d: 100 }]);
    for (let i = 0; i < 60; i++) session.type([3 * i + 1, 'o']);
    const command = session.send(() => 'one')!;
    expect(command.edit).toEqual([1900, { d: 100 }]);
    session.acknowledged('one');
    session.send(() => 'two');
    session.acknowledged('two');
    session.send(() => 'three');
    session.acknowledged('three');
    expect([session.settled, session.known.text]).toEqual([true, session.view]);
  });
});

test('words that the server is not known to have are named', () => {
  const { session } = underWay();
  session.type([3, ' and more']);
  expect(session.unsent).toBe('! and more');
});
