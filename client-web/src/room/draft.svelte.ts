/** What somebody is writing, kept on the device: a reload or a call must not lose it. */
export class Draft {
  text = $state('');
  private readonly key: string;

  /** `part`: which of several boxes that are written in at once. */
  constructor(workshop: string, part = '') {
    this.key = `warsha.draft.${workshop}${part && `.${part}`}`;
    try {
      this.text = localStorage.getItem(this.key) ?? '';
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
