import type { TextEdit } from '../../../../client-web/src/lib/generated/protocol';
import { applyEdit, codePoints } from '../../../../client-web/src/lib/live/text-edit';
import { mostParts, rebase } from '../../../../client-web/src/lib/writing/edit';

export interface DraftChange {
  seq: number;
  revision: number;
  edit: TextEdit;
  who: string;
}
export interface Wire {
  id: string;
  revision: number;
  edit: TextEdit;
}
export type Reply = { id: string; seq: number } | { id: string; code: string; limit?: number };

/**
 * One draft in a workshop, as schemas/live/README.md and server/live/decide_drafts.cpp have it: an edit that was made on
 * an earlier revision is fitted in after those since, an id has one effect, and everything that happened has its place
 * in one sequence. What a well-behaved client never sends is a fault of the client, and throws.
 */
export class ServerModel {
  epoch = 'a';
  text = '';
  revision = 0;
  events: DraftChange[] = [];
  rejections = 0;
  /** Edits that came late. */
  fitted = 0;
  private known = new Map<string, { seq: number; content: string }>();
  /** Refuses instead of deciding, for a while: paused writing, another table. */
  refusing: string | null = null;

  /** `kept`: the edits that later ones can still be fitted in after. */
  constructor(private readonly kept = 512) {}

  get seq(): number {
    return this.events.length;
  }

  submit(command: Wire, who: string): Reply {
    const { id, revision, edit } = command;
    const content = JSON.stringify([who, revision, edit]);
    const known = this.known.get(id);
    if (known) return known.content === content ? { id, seq: known.seq } : { id, code: 'id_reused' };
    this.checkShape(edit);
    if (this.refusing) return this.reject({ id, code: this.refusing });
    const fitted = this.broughtUp(edit, revision);
    if (!fitted) return this.reject({ id, code: 'stale_revision', limit: this.revision });
    const text = applyEdit(this.text, fitted);
    if (text === null) {
      // After a backup a revision may come again with another text. Never otherwise.
      if (this.epoch === 'a') throw Error(`an edit reaches beyond the end: ${JSON.stringify(edit)}`);
      return this.reject({ id, code: 'invalid_value' });
    }
    if (codePoints(text) > 2000) return this.reject({ id, code: 'draft_too_long', limit: 2000 });
    this.text = text;
    this.revision++;
    this.events.push({
      seq: this.seq + 1,
      revision: this.revision,
      edit: fitted,
      who,
    });
    this.known.set(id, { seq: this.seq, content });
    return { id, seq: this.seq };
  }

  /** As from a backup that is `events` events old; commands after it are forgotten. */
  putBack(events: number): void {
    this.events.length = Math.max(0, this.seq - events);
    this.revision = this.seq;
    this.text = this.events.reduce((text, { edit }) => applyEdit(text, edit)!, '');
    for (const [id, { seq }] of this.known) if (seq > this.seq) this.known.delete(id);
    this.epoch += 'a';
  }

  private broughtUp(edit: TextEdit, revision: number): TextEdit | null {
    if (revision > this.revision || this.revision - revision > this.kept) return null;
    if (revision < this.revision) this.fitted++;
    let fitted = edit;
    for (const later of this.events.slice(revision)) {
      fitted = rebase(fitted, later.edit).mine;
      if (fitted.length > mostParts) return null;
    }
    return fitted;
  }

  private reject(reply: Reply): Reply {
    this.rejections++;
    return reply;
  }

  /** schemas/live/common.schema.json, text_edit. */
  private checkShape(edit: TextEdit): void {
    const wrong = (why: string) => Error(`${why}: ${JSON.stringify(edit)}`);
    if (edit.length < 1 || edit.length > 100) throw wrong(`an edit of ${edit.length} parts`);
    for (const part of edit) {
      const size = typeof part === 'string' ? codePoints(part) : typeof part === 'number' ? part : part.d;
      if (!Number.isInteger(size) || size < 1 || size > 2000) throw wrong('a part of a wrong size');
      if (typeof part === 'string' && /\p{Cs}/u.test(part)) throw wrong('half of a surrogate pair');
    }
    if (typeof edit.at(-1) === 'number') throw wrong('a trailing keep');
  }
}
