import { SvelteSet } from 'svelte/reactivity';
import type { Event, Floor, Ground, StaffNote } from '../generated/protocol';

export type { StaffNote };

const notesKept = 100;

/** Who speaks, who was removed, what staff tell each other; and who of all these is oneself. */
export class People {
  /** One's own; empty where there is none (a screen). */
  alias = $state('');
  floor = $state.raw<Floor>({ queue: [] });
  amRemoved = $state(false);
  /** Told to oneself alone, and later than that one is removed. */
  removedFor = $state<Ground | null>(null);
  /** For staff: participants who were removed. */
  removed = new SvelteSet<string>();
  /** For staff: what they told each other, the oldest first. */
  notes = $state.raw<StaffNote[]>([]);

  get askedForFloor(): boolean {
    return this.floor.queue.some((person) => person.who === this.alias);
  }
  get haveFloor(): boolean {
    return this.alias !== '' && this.floor.speaking?.who === this.alias;
  }

  read(floor: Floor, removed: string[] = [], notes: StaffNote[] = []): void {
    this.floor = floor;
    this.notes = notes;
    this.removed.clear();
    for (const participant of removed) this.removed.add(participant);
  }

  take(event: Event): void {
    switch (event.type) {
      case 'phase.entered':
        if (event.phase === 'closed') this.floor = { queue: [] };
        break;
      case 'floor.asked':
      case 'floor.left':
      case 'floor.given':
      case 'floor.ended':
      case 'floor.taken_back':
        this.floor = event.floor;
        break;
      case 'person.removed':
        this.floor = {
          ...this.floor,
          queue: this.floor.queue.filter(({ who }) => who !== event.who),
          speaking: this.floor.speaking?.who === event.who ? undefined : this.floor.speaking,
        };
        if (event.participant) this.removed.add(event.participant);
        if (event.who === this.alias) this.amRemoved = true;
        break;
      case 'person.readmitted':
        if (event.participant) this.removed.delete(event.participant);
        if (event.who === this.alias) {
          this.amRemoved = false;
          this.removedFor = null;
        }
        break;
      case 'staff.note':
        if (event.text !== undefined) this.hear({ ...event, text: event.text, who: event.who ?? '' });
        break;
      case 'settings.set':
        if (event.settings.anonymous) this.forgetNames();
        break;
    }
  }

  private hear({ seq, at, text, who, name, answers }: StaffNote): void {
    const note = {
      ...{ seq, at, text, who },
      ...(name === undefined ? {} : { name }),
      ...(answers === undefined ? {} : { answers }),
    };
    this.notes = [...this.notes, note].slice(-notesKept);
  }

  private forgetNames(): void {
    const { speaking, queue } = this.floor;
    this.floor = {
      ...(speaking ? { speaking: { ...speaking, name: undefined } } : {}),
      queue: queue.map((person) => ({ ...person, name: undefined })),
    };
  }
}
