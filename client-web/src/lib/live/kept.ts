import type { Welcome } from '../generated/protocol';
import type { Board, BoardSnapshot } from './board.svelte';

/** Changes when an older page's copy could not be read by this one. */
const format = 4;

/** What a page keeps on the device, for a start without network. */
interface Kept {
  format: typeof format;
  snapshot: BoardSnapshot;
  alias: string;
  mine: Welcome['mine'];
}

/** A copy: what the store takes must not change under it. */
export function keep(board: Board): Kept {
  const { epoch, seq, title, language, agenda, settings, questions, phase, rules, timer } = board;
  const { audience, talliesHidden, themes, floor, projector, caption, alias, tables, mySeat } = board;
  const kept: Kept = {
    format,
    snapshot: {
      audience,
      epoch,
      seq,
      title,
      language,
      agenda,
      settings,
      questions,
      phase,
      rules,
      timer,
      tallies_hidden: talliesHidden,
      themes,
      contributions: [...board.contributions.values()],
      tables: tables.list,
      floor,
      projector,
      caption,
      drafts: board.drafts.told,
    },
    alias,
    mine: {
      ...board.cards.keepMine(),
      ...(mySeat === null ? {} : { table: mySeat }),
      ...(board.removedFor ? { removed: board.removedFor } : {}),
    },
  };
  return JSON.parse(JSON.stringify(kept)) as Kept;
}

/** Does nothing with what is nothing or of another format: the page then starts with the network. */
export function restore(board: Board, kept: unknown): void {
  const known = kept as Kept | undefined;
  if (known?.format !== format) return;
  board.read(known.snapshot);
  board.readMine(known.alias, known.mine);
}
