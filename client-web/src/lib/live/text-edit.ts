import type { TextEdit } from '../generated/protocol';

/** How many code points a text has: the unit in which edits and cursors count. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The text after the edit; null when the edit reaches beyond its end. */
export function applyEdit(text: string, edit: TextEdit): string | null {
  const before = [...text];
  let at = 0;
  let after = '';
  for (const part of edit) {
    if (typeof part === 'string') {
      after += part;
      continue;
    }
    const end = at + (typeof part === 'number' ? part : part.d);
    if (end > before.length) return null;
    if (typeof part === 'number') after += before.slice(at, end).join('');
    at = end;
  }
  return after + before.slice(at).join('');
}
