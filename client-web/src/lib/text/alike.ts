import { fold } from './fold';

export interface Piece {
  text: string;
  /** In another of the texts too. */
  shared: boolean;
}

/** The stem that is good enough to show what two sentences share: the article and its prepositions are dropped. */
const stem = (word: string) => fold(word).replace(/^(?:[وفبك]?ال|لل)(?=\p{L}{2})/u, '');

const words = /[\p{L}\p{M}\p{N}]+/gu;
const shortest = 3;

/** Each text cut into pieces, those marked whose words the other texts have as well. */
export function alike(texts: string[]): Piece[][] {
  const stems = texts.map((text) => new Set(Array.from(text.matchAll(words), ([word]) => stem(word))));
  const shared = (one: string, index: number) =>
    one.length >= shortest && stems.some((others, other) => other !== index && others.has(one));
  return texts.map((text, index) => {
    const pieces: Piece[] = [];
    const add = (part: string, isShared: boolean) => {
      const last = pieces.at(-1);
      if (last?.shared === isShared) last.text += part;
      else if (part) pieces.push({ text: part, shared: isShared });
    };
    let at = 0;
    for (const found of text.matchAll(words)) {
      add(text.slice(at, found.index), false);
      add(found[0], shared(stem(found[0]), index));
      at = found.index + found[0].length;
    }
    add(text.slice(at), false);
    return pieces;
  });
}
