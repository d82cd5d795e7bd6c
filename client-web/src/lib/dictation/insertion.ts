/** What to put into a text after so many of its UTF-16 units, so that dictated words stand apart from what is there. */
export function insertion(text: string, at: number, words: string): string {
  const before = text.slice(0, at);
  const after = text.slice(at);
  const stands = /^[\s.,;:!?،؛؟)»]/;
  return `${before && !/[\s(«]$/.test(before) ? ' ' : ''}${words}${after && !stands.test(after) ? ' ' : ''}`;
}

/** At the caret, as typing does; what is selected stays. False where nothing can be written any more. */
export function insertInto(area: HTMLTextAreaElement, words: string): boolean {
  if (area.readOnly || area.disabled) return false;
  const at = area.selectionEnd;
  area.setRangeText(insertion(area.value, at, words), at, at, 'end');
  area.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
  return true;
}
