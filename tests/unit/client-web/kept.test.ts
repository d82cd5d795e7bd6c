import { describe, expect, test } from 'vitest';
import { Board } from '../../../client-web/src/lib/live/board.svelte';
import { keep, restore } from '../../../client-web/src/lib/live/kept';
import { board, cardId, event, me, read, tell } from './support/boards';

describe('the copy of a board on the device', () => {
  test('opens as the board was', () => {
    const made = board();
    made.welcome(read('welcome-participant.json').message);
    tell(made, event('draft-changed'), event('caption-set'), event('agenda-set'), event('floor-asked'));
    const opened = new Board();
    restore(opened, JSON.parse(JSON.stringify(keep(made))));
    expect(keep(opened)).toEqual(keep(made));
    expect(opened.loaded).toBe(true);
    expect(opened.alias).toBe(me);
    expect(opened.mySeat).toBe(made.tables.list[0]?.id);
    expect(opened.drafts.list[0]?.text).toBe('نشر المحاضر');
    expect(opened.mine.get(cardId)?.receipt).toBe('K7QM-3F9P-XTWB');
    expect(opened.myRatings.size).toBe(1);
  });

  test.each([[undefined], [{ snapshot: {}, mine: [], supports: [] }]])(
    'of another format opens nothing: %j',
    (kept) => {
      const opened = new Board();
      restore(opened, kept);
      expect(opened.loaded).toBe(false);
    },
  );
});
