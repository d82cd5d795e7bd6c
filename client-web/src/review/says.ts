import { fold } from '$lib/text/fold';

/** Whether these words are in its title or its text, however they are written. */
export const says = ({ title, text }: { title: string; text: string }, words: string): boolean =>
  fold(`${title}\n${text}`).includes(fold(words.trim()));
