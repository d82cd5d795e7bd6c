/** What somebody is writing, kept on the device: a reload or a call must not lose it. */
export class Draft {
  text = $state('');
  private readonly key: string;

  /** `part`: which of several boxes that are written in at once; `before`: what it starts from. */
  constructor(workshop: string, part = '', before = '') {
    this.key = `warsha.draft.${workshop}${part && `.${part}`}`;
    this.text = before;
    try {
      this.text = localStorage.getItem(this.key) ?? before;
    } catch {
      // No storage: the draft lives as long as the page.
    }
  }

  keep(): void {
    try {
      localStorage.setItem(this.key, this.text);
    } catch {
      // As above.
    }
  }

  clear(): void {
    this.text = '';
    try {
      localStorage.removeItem(this.key);
    } catch {
      // As above.
    }
  }
}

/** The contributions of a workshop for which other words were begun, on this device. */
export function begunEdits(workshop: string): string[] {
  const key = `warsha.draft.${workshop}.edit.`;
  try {
    return Object.keys(localStorage).flatMap((one) => (one.startsWith(key) ? one.slice(key.length) : []));
  } catch {
    return []; // No storage: nothing was kept.
  }
}
