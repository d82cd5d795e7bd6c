import type { Command, Heard, Known } from './draft-session';

/** A command's answer. Codes that only ask for patience never come here: the channel repeats by itself. */
export type Answer = { ok: true; seq: number } | { ok: false; code: string; limit?: number };

/** Somebody else's caret; `at`: code points of the server's text before it. */
export interface Cursor {
  who: string;
  name?: string;
  at: number;
}

export interface DraftListener {
  /** In the order of the sequence, when `current` has it already. May come twice. */
  heard(heard: Heard): void;
  /** `current` may be another without anything heard: the board was read anew. */
  replaced(): void;
  answered(id: string, answer: Answer): void;
  ended(how: DraftEnd, contribution?: string): void;
  cursors(): void;
  /** Connected, or no longer. */
  connection(): void;
}
/** gone: handed in or discarded while nobody here listened. */
export type DraftEnd = 'handed_in' | 'discarded' | 'gone';

/** How a draft's writer speaks with its workshop: what of a LiveWorkshop co-writing needs. */
export interface DraftChannel {
  /** One's own alias; empty before the first welcome. */
  me(): string;
  /** The draft as the board has it. `epoch`: the life of the server's database that the revision belongs to. */
  current(): (Known & { epoch: string }) | undefined;
  connected(): boolean;
  /** Sends now or when there is a connection, and again with the same id until `answered` says how it ended. */
  send(command: Command): void;
  /** Where one's own caret is, in code points of the server's text; null: nowhere in it. */
  cursor(at: number | null): void;
  /** Those of other people. */
  cursors(): Cursor[];
  /** Gives back what ends it. */
  listen(listener: DraftListener): () => void;
}
