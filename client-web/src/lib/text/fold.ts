/** Letters that Arabic writers use for one another: what is searched or compared must not depend on the choice. */
const sameLetter: Record<string, string> = { ة: 'ه', ى: 'ي', ؤ: 'و', ئ: 'ي', ٱ: 'ا', ـ: '' };

/** Text as it is searched and compared: without marks, hamza seats, tatweel and case. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ةىؤئٱـ]/g, (letter) => sameLetter[letter]!);
}
