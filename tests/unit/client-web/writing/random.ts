/** Numbers that repeat themselves with their seed (mulberry32). */
export class Chance {
  constructor(private state: number) {}
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  /** From 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }
  happens(probability: number): boolean {
    return this.next() < probability;
  }
  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }
}

/** A clock that goes from one appointment to the next. */
export class Clock {
  time = 0;
  private appointments: { at: number; order: number; act: () => void }[] = [];
  private order = 0;

  now = (): number => this.time;
  after = (ms: number, act: () => void): (() => void) => {
    const appointment = {
      at: this.time + Math.max(0, ms),
      order: this.order++,
      act,
    };
    this.insert(appointment);
    return () => {
      const found = this.appointments.indexOf(appointment);
      if (found >= 0) this.appointments.splice(found, 1);
    };
  };
  /** Keeps the next appointment. False when there is none. */
  step(): boolean {
    const next = this.appointments.pop();
    if (!next) return false;
    this.time = next.at;
    next.act();
    return true;
  }

  /** The latest first, so that the next is at the end. */
  private insert(appointment: { at: number; order: number; act: () => void }): void {
    let [low, high] = [0, this.appointments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.appointments[middle]!;
      if (other.at > appointment.at || (other.at === appointment.at && other.order > appointment.order))
        low = middle + 1;
      else high = middle;
    }
    this.appointments.splice(low, 0, appointment);
  }
}
