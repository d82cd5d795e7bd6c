import { beforeEach, describe, expect, test } from 'vitest';
import type { DraftListener } from '../../../../client-web/src/lib/writing/channel';
import type { Command } from '../../../../client-web/src/lib/writing/draft-session';
import { DraftWriter, type KeptDraft } from '../../../../client-web/src/lib/writing/draft-writer';
import * as edits from '../../../../client-web/src/lib/writing/edit';
import { Clock } from './random';

const me = 'aaaa0000';

/** A writer of the text "ab" at revision 4, whose other side is this test. */
class Desk {
  clock = new Clock();
  sent: Command[] = [];
  kept: KeptDraft | null = null;
  carets: (number | null)[] = [];
  online = true;
  known: { text: string; revision: number; epoch: string; seq: number } | undefined = {
    text: 'ab',
    revision: 4,
    epoch: 'a',
    seq: 19,
  };
  said!: DraftListener;
  writer: DraftWriter;
  private ids = 0;

  constructor(kept: KeptDraft | null = null) {
    this.writer = new DraftWriter(
      {
        me: () => me,
        current: () => this.known,
        connected: () => this.online,
        send: (command) => void this.sent.push(command),
        cursor: (at) => void this.carets.push(at),
        cursors: () => [],
        listen: (listener) => ((this.said = listener), () => {}),
      },
      { view() {}, change() {}, keep: (words) => (this.kept = words) },
      kept,
      {
        now: this.clock.now,
        after: this.clock.after,
        makeId: () => `id${this.ids++}`,
      },
    );
  }
  /** The server has taken a command as it was sent. */
  takes(id: string): void {
    const { revision, edit } = this.sent.find((one) => one.id === id)!;
    const seq = 20 + revision;
    this.known = {
      text: edits.apply(this.known!.text, edit),
      revision: revision + 1,
      epoch: 'a',
      seq,
    };
    this.said.answered(id, { ok: true, seq });
    this.said.heard({ seq, revision: revision + 1, edit, who: me });
  }
  /** Lets so much time pass. */
  pass(ms: number): void {
    const until = this.clock.time + ms;
    this.clock.after(ms, () => {});
    while (this.clock.time < until && this.clock.step());
  }
}

let desk: Desk;
beforeEach(() => (desk = new Desk()));

describe('a command that was refused', () => {
  test('because of the revision goes again under another id', () => {
    desk.writer.type([2, '!']);
    desk.said.answered('id0', { ok: false, code: 'stale_revision', limit: 5 });
    desk.known = { text: 'Yab', revision: 5, epoch: 'a', seq: 20 };
    desk.said.heard({ seq: 20, revision: 5, edit: ['Y'], who: 'bbbb0000' });
    desk.pass(1_000);
    expect(desk.sent.map(({ id }) => id)).toEqual(['id0', 'id1']);
  });

  test.each(['writing_paused', 'not_your_table', 'removed_from_workshop', 'internal'])(
    'as %s, which may pass, is repeated as it is: another copy of it may still arrive',
    (code) => {
      desk.writer.type([2, '!']);
      desk.said.answered('id0', { ok: false, code });
      expect([desk.writer.state, desk.writer.refusal]).toEqual(['refused', code]);
      desk.writer.type([3, '?']);
      desk.pass(11_000);
      expect(desk.sent).toHaveLength(2);
      expect(desk.sent[1]).toEqual(desk.sent[0]);
    },
  );

  test('is repeated at once when the connection is back', () => {
    desk.writer.type([2, '!']);
    desk.said.answered('id0', { ok: false, code: 'writing_paused' });
    desk.said.connection();
    expect(desk.sent).toHaveLength(2);
  });

  test('for what it says goes no more until the person changed it', () => {
    desk.writer.type([2, '!']);
    desk.said.answered('id0', {
      ok: false,
      code: 'draft_too_long',
      limit: 2000,
    });
    desk.pass(5_000);
    expect(desk.sent).toHaveLength(1);
    desk.writer.type([2, { d: 1 }]);
    expect(desk.writer.state).toBe('kept');
  });
});

describe('what was not sent', () => {
  test('is kept before its command goes, with the id, and forgotten when the server has it', () => {
    desk.writer.type([2, '!']);
    expect(desk.kept).toMatchObject({
      revision: 4,
      underWay: { id: 'id0' },
      aliases: [me],
    });
    desk.takes('id0');
    expect([desk.kept, desk.writer.state]).toEqual([null, 'kept']);
  });

  test('goes after a reload with the id it had', () => {
    desk.writer.type([2, '!']);
    const again = new Desk(structuredClone(desk.kept));
    expect(again.sent).toEqual(desk.sent);
    expect(again.writer.view).toBe('ab!');
  });

  test('waits while there is no connection, and says so', () => {
    desk.online = false;
    desk.writer.type([2, '!']);
    expect([desk.writer.state, desk.sent.length]).toEqual(['offline', 0]);
    desk.online = true;
    desk.said.connection();
    expect(desk.sent).toHaveLength(1);
  });

  test('is named when the draft was handed in before it arrived', () => {
    desk.writer.type([2, ' late words']);
    desk.said.ended('handed_in', 'c');
    expect([desk.writer.state, desk.writer.unsent]).toEqual(['ended', ' late words']);
  });
});

test('who waits for everything to have arrived is told when it has', async () => {
  desk.writer.type([2, '!']);
  desk.writer.type([3, '?']);
  let settled = false;
  const waiting = desk.writer.settled().then(() => (settled = true));
  desk.takes('id0');
  await Promise.resolve();
  expect(settled).toBe(false);
  desk.pass(200);
  desk.takes('id1');
  await waiting;
  expect(settled).toBe(true);
});

test('a caret goes with the text that others put in before it', () => {
  desk.writer.caret(2);
  desk.known = { text: 'Yab', revision: 5, epoch: 'a', seq: 20 };
  desk.said.heard({ seq: 20, revision: 5, edit: ['Y'], who: 'bbbb0000' });
  desk.writer.type([3, '!']);
  expect(desk.carets).toEqual([2, 3]);
});

test('a text that differs from the server at the same revision is mended', () => {
  desk.known = { text: 'aXb', revision: 4, epoch: 'a', seq: 19 };
  desk.said.cursors();
  desk.said.replaced();
  expect(desk.writer.view).toBe('aXb');
});
