import { fold } from '$lib/text/fold';
import type { Proposal, Question } from './api';

export const isReplied = ({ reply, replies }: Question): boolean =>
  reply !== undefined || (replies ?? []).length > 0;
const ourQuestions = ({ questions }: Proposal): Question[] => (questions ?? []).filter(({ own }) => own);
const isAsked = (one: Proposal): boolean =>
  !one.answer && ourQuestions(one).some((question) => question.open && !isReplied(question));
const hasReply = (one: Proposal): boolean => !one.answer && ourQuestions(one).some(isReplied);

/** Nobody of the administration did anything with it yet. */
const isNew = (one: Proposal): boolean =>
  !one.answer &&
  !one.proposed_answer &&
  !one.assigned &&
  (one.notes ?? []).length === 0 &&
  ourQuestions(one).length === 0 &&
  (one.ratings ?? []).length === 0;
const isSoon = ({ due_soon: soon }: Proposal): boolean => soon === true;
/** Its answer was sent back, and no other is written since. One from before it went elsewhere is another's. */
const isReturned = ({ answer, proposed_answer: waiting, notes, hops }: Proposal): boolean =>
  !answer &&
  !waiting &&
  (notes ?? []).some((note) => note.rejects_answer && note.at >= (hops.at(-1)?.at ?? 0));

/** The parts of an administration's work. What is unanswered comes first; the rest is looked up. */
export const shelvesOf = (me: string) =>
  ({
    unanswered: ({ answer }) => !answer,
    new: isNew,
    returned: isReturned,
    approve: ({ proposed_answer: waiting }) => waiting !== undefined && !waiting.own,
    mine: ({ answer, assigned }) => !answer && assigned === me,
    asked: isAsked,
    replied: hasReply,
    soon: isSoon,
    late: ({ answer, late_days: late }) => !answer && late > 0,
    answered: ({ answer }) => answer !== undefined,
  }) satisfies Record<string, (one: Proposal) => boolean>;
export type Shelf = keyof ReturnType<typeof shelvesOf>;

/** What a card says of itself; when it is due and how late stands there anyway. */
export const marksOf = (one: Proposal): ('new' | 'returned' | 'asked' | 'replied' | 'soon')[] => [
  ...(isNew(one) ? (['new'] as const) : []),
  ...(isReturned(one) ? (['returned'] as const) : []),
  ...(isAsked(one) ? (['asked'] as const) : []),
  ...(hasReply(one) ? (['replied'] as const) : []),
  ...(isSoon(one) ? (['soon'] as const) : []),
];

export interface Narrowed {
  words: string;
  consultation: string;
  /** A member's id; "nobody": of those that are assigned to nobody. */
  colleague: string;
}
export const narrow = (all: readonly Proposal[], { words, consultation, colleague }: Narrowed): Proposal[] =>
  all.filter(
    (one) =>
      (!consultation || one.consultation?.id === consultation) &&
      (!colleague || (colleague === 'nobody' ? !one.assigned : one.assigned === colleague)) &&
      fold(`${one.title}\n${one.text}`).includes(fold(words.trim())),
  );
