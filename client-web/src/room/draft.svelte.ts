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

/** What was typed in a workshop on this device and not sent: by its box, each with its part. */
export function typedIn(workshop: string): [part: string, text: string][] {
  const key = `warsha.draft.${workshop}`;
  try {
    return Object.entries(localStorage).flatMap(([one, text]) =>
      one.startsWith(key) ? [[one.slice(key.length + 1), text]] : [],
    );
  } catch {
    return []; // No storage: nothing was kept.
  }
}
