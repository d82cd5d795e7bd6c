const key = (workshop: string) => `warsha.notes.${workshop}`;

/** Up to which note of the staff somebody has heard on this device, over reloads. */
export class Heard {
  seq = $state(0);

  constructor(private readonly workshop: string) {
    try {
      this.seq = Number(localStorage.getItem(key(workshop))) || 0;
    } catch {
      // Private browsing: every note is new once more.
    }
  }

  upTo(seq: number): void {
    if (seq <= this.seq) return;
    this.seq = seq;
    try {
      localStorage.setItem(key(this.workshop), String(seq));
    } catch {
      // As above.
    }
  }
}

/** Notes that others wrote and this person has not heard yet, the oldest first. */
export function unheard<Note extends { seq: number; who: string }>(
  notes: Note[],
  seq: number,
  me: string,
): Note[] {
  return notes.filter((note) => note.seq > seq && note.who !== me);
}
