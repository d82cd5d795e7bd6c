const segmenter =
  typeof Intl !== 'undefined' && 'Segmenter' in Intl
    ? new Intl.Segmenter('und', { granularity: 'grapheme' })
    : null;

/** What a person counts as letters (UAX #29); marks on a letter do not count. */
export function graphemes(text: string): number {
  if (!segmenter) return Array.from(text.normalize('NFC').replace(/\p{M}/gu, '')).length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count++;
  return count;
}
