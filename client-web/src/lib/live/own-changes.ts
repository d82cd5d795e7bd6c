import type { Ack } from '../generated/protocol';
import type { Entry } from '../outbox/store';
import type { Board, Mine } from './board.svelte';

/** The ack of one's own command may come before its event, or say more: what it means is shown at once. */
export function remember(
  board: Board,
  { id, command }: Entry,
  { receipt, result }: Pick<Ack, 'receipt' | 'result'> = {},
): void {
  if (result) own(board, result.contribution, result.receipt, 'result', command.result as string);
  const { cards, drafts, tables } = board;
  const about = command.contribution as string;
  switch (command.action) {
    case 'contribute':
      if (receipt) own(board, id, receipt, command.kind as Mine['kind'], command.text as string);
      break;
    case 'draft.hand_in': {
      const draft = drafts.get(command.draft as string) ?? cards.all.get(id);
      if (receipt && draft) own(board, id, receipt, draft.kind, draft.text);
      break;
    }
    case 'edit':
      // The event has no words for the room while the contribution is not shown.
      cards.own(about, { text: command.text as string, reword_note: undefined });
      break;
    case 'support':
      if (command.on) cards.supported.add(about);
      else cards.supported.delete(about);
      break;
    case 'rate':
      cards.ratings.set(about, {
        impact: command.impact as number,
        feasibility: command.feasibility as number,
      });
      break;
    case 'table.sit':
      tables.mySeat = command.table as string;
      break;
  }
}

function own(board: Board, id: string, receipt: string, kind: Mine['kind'], text?: string): void {
  if (board.mine.has(id)) return; // a welcome said it, and more
  const state = board.contributions.get(id)?.state ?? 'shown';
  board.mine.set(id, { id, receipt, kind, state, ...(text === undefined ? {} : { text }) });
}
