import { diff } from 'fast-myers-diff';
import { type as ot } from 'ot-text-unicode';
import type { TextEdit } from '../generated/protocol';
import { codePoints } from '../live/text-edit';

/**
 * Edits of a text: operations of ot-text-unicode. A number keeps so many code points, a string is put in,
 * {d: n} deletes n; what follows is kept. The edit of nothing is the empty list.
 */
export type { TextEdit };

/** protocol/limits.hpp: kDraftCodePoints, kEditParts. */
export const mostCodePoints = 2000;
export const mostParts = 100;

type Operation = Parameters<typeof ot.apply>[1];
export const nothing: TextEdit = [];

export const apply = (text: string, edit: TextEdit): string => ot.apply(text, edit as Operation);
/** One edit that does what `first` and then `second` do. */
export const compose = (first: TextEdit, second: TextEdit): TextEdit =>
  ot.compose(first as Operation, second as Operation) as TextEdit;

/**
 * Two edits of the same text, made to follow each other: `first` then `second[1]`, or `second` then `first[0]`,
 * give the same text. Where both put something in at one place, that of `mine` stands before: words stay
 * together with what their writer goes on to write, for whom the caret stays before what others put there.
 */
export function rebase(mine: TextEdit, theirs: TextEdit): { mine: TextEdit; theirs: TextEdit } {
  return {
    mine: ot.transform(mine as Operation, theirs as Operation, 'left') as TextEdit,
    theirs: ot.transform(theirs as Operation, mine as Operation, 'right') as TextEdit,
  };
}

/**
 * `edit` of the text after `mine`, as one of the text after `told`: two edits of `text` that put in the same words, at
 * places that may differ. What it deletes it deletes wherever that stands now, and what it puts in stays behind the letter
 * that it stood behind.
 */
export function carried(text: string, mine: TextEdit, told: TextEdit, edit: TextEdit): TextEdit {
  const from = lettersAfter(text, mine);
  const to = lettersAfter(text, told);
  const there = new Set(to);
  const gone = new Set<string>();
  const behind = new Map<string, string>();
  let at = 0;
  for (const part of edit) {
    if (typeof part === 'number') at += part;
    else if (typeof part === 'object') for (const end = at + part.d; at < end; at++) gone.add(from[at]!);
    else {
      let anchor = at - 1;
      while (anchor >= 0 && !there.has(from[anchor]!)) anchor--;
      const letter = from[anchor] ?? '';
      behind.set(letter, (behind.get(letter) ?? '') + part);
    }
  }
  const out: TextEdit = [];
  for (const letter of ['', ...to]) {
    if (letter) add(out, gone.has(letter) ? { d: 1 } : 1);
    const words = behind.get(letter);
    if (words) add(out, words);
  }
  return trimmed(out);
}

/** A name for each letter of the text after an edit: its place in the text before, or among what was put in. */
function lettersAfter(text: string, edit: TextEdit): string[] {
  const names: string[] = [];
  let at = 0;
  let put = 0;
  const keep = (count: number) => {
    for (const end = at + count; at < end; at++) names.push(`kept ${at}`);
  };
  for (const part of edit) {
    if (typeof part === 'number') keep(part);
    else if (typeof part === 'object') at += part.d;
    else for (let left = codePoints(part); left > 0; left--) names.push(`put ${put++}`);
  }
  keep(Math.max(0, codePoints(text) - at));
  return names;
}

/** Where a place (code points before it) comes to stand. What is put in exactly there comes after it. */
export const place = (at: number, edit: TextEdit): number => ot.transformPosition(at, edit as Operation);

/** Whether a text is long enough for an edit of it. */
export function fits(edit: TextEdit, text: string): boolean {
  let reach = 0;
  for (const part of edit) if (typeof part !== 'string') reach += typeof part === 'number' ? part : part.d;
  return reach <= codePoints(text);
}

export const isNothing = (edit: TextEdit): boolean => edit.length === 0;

/** The shortest edit that makes `after` of `before`. */
export function between(before: string, after: string): TextEdit {
  const [old, now] = [[...before], [...after]];
  const edit: TextEdit = [];
  let at = 0;
  for (const [from, to, first, end] of diff(old, now)) {
    if (from > at) add(edit, from - at);
    if (end > first) add(edit, now.slice(first, end).join(''));
    if (to > from) add(edit, { d: to - from });
    at = to;
  }
  return edit;
}

/** The words that an edit puts in, one after the other. */
export const wordsOf = (edit: TextEdit): string => edit.filter((part) => typeof part === 'string').join('');

/**
 * An edit in two that follow each other, the first of at most `parts` parts: a server takes no longer one.
 * `deletionsOnly` leaves what is put in among the first parts to the second edit, so that the text between the
 * two is never longer than before.
 */
export function split(edit: TextEdit, parts: number, deletionsOnly = false): [TextEdit, TextEdit] {
  const first: TextEdit = [];
  const second: TextEdit = [];
  for (const part of edit.slice(0, parts)) {
    const held = deletionsOnly && typeof part === 'string';
    if (!held) add(first, part);
    if (held) add(second, part);
    else if (typeof part === 'string') add(second, codePoints(part));
    else if (typeof part === 'number') add(second, part);
  }
  for (const part of edit.slice(parts)) add(second, part);
  return [trimmed(first), trimmed(second)];
}

function add(edit: TextEdit, part: TextEdit[number]): void {
  const last = edit.at(-1);
  if (typeof part === 'number' && typeof last === 'number') edit[edit.length - 1] = last + part;
  else if (typeof part === 'string' && typeof last === 'string') edit[edit.length - 1] = last + part;
  else if (typeof part === 'object' && typeof last === 'object')
    edit[edit.length - 1] = { d: last.d + part.d };
  else edit.push(part);
}

function trimmed(edit: TextEdit): TextEdit {
  if (typeof edit.at(-1) === 'number') edit.pop();
  return edit;
}

// Forbidden to the server (protocol/text.cpp): controls, line separators, bidirectional embeddings, overrides and
// isolates, the byte order mark, noncharacters; and halves of surrogate pairs, which are no text.
const forbidden =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef]|[\u{fffe}\u{ffff}\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}\u{dfffe}\u{dffff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]|\p{Cs}/gu;

/** What may stand in a draft, of what came from a keyboard or the clipboard. */
export function permitted(typed: string): string {
  return typed
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(forbidden, '');
}
