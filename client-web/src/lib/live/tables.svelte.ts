import { SvelteMap } from 'svelte/reactivity';
import type { Event, Table, TableRestoredEvent, TableSeatedEvent } from '../generated/protocol';

/** The tables of a workshop, where one sits oneself and, for staff, where everybody sits. */
export class Tables {
  list = $state.raw<Table[]>([]);
  mySeat = $state<string | null>(null);
  /** For staff: the table of each participant. */
  seats = new SvelteMap<string, string>();

  get(id: string | null | undefined): Table | undefined {
    return this.list.find((table) => table.id === id);
  }
  get mine(): Table | undefined {
    return this.get(this.mySeat);
  }

  read(tables: Table[], seats: Record<string, string> = {}): void {
    this.list = tables;
    this.seats.clear();
    for (const [participant, table] of Object.entries(seats)) this.seats.set(participant, table);
  }

  take(event: Event, alias: string): void {
    switch (event.type) {
      case 'table.added':
        if (event.table) this.list = [...this.list, event.table];
        break;
      case 'table.renamed':
        this.update(event.table, { title: event.title });
        break;
      case 'table.status':
        this.update(event.table, { status: event.status });
        break;
      case 'table.rapporteur':
        this.update(event.table, { rapporteur: event.who ?? undefined, rapporteur_name: event.name });
        break;
      case 'table.removed':
        this.remove(event.table);
        break;
      case 'table.restored':
        this.restore(event, alias);
        break;
      case 'table.seated':
        this.seat(event, alias);
        break;
      case 'settings.set':
        if (event.settings.anonymous)
          this.list = this.list.map((table) => ({ ...table, rapporteur_name: undefined }));
        break;
    }
  }

  private update(id: string, change: Partial<Table>): void {
    this.list = this.list.map((table) => (table.id === id ? { ...table, ...change } : table));
  }

  private remove(id: string): void {
    this.list = this.list.filter((table) => table.id !== id);
    if (this.mySeat === id) this.mySeat = null;
    for (const [participant, table] of [...this.seats]) if (table === id) this.seats.delete(participant);
  }

  private restore({ table, who, participants = [] }: TableRestoredEvent, alias: string): void {
    if (!table) return;
    this.list = [...this.list, table];
    if (who.includes(alias)) this.mySeat = table.id;
    for (const participant of participants) this.seats.set(participant, table.id);
  }

  private seat({ table: place, who, people, participants = [] }: TableSeatedEvent, alias: string): void {
    this.list = this.list.map((table) => {
      // Who leaves a table no longer speaks for it.
      const leaves = table.id !== place && table.rapporteur !== undefined && who.includes(table.rapporteur);
      return {
        ...table,
        ...(leaves ? { rapporteur: undefined, rapporteur_name: undefined } : {}),
        people: people.find((changed) => changed.table === table.id)?.people ?? table.people,
      };
    });
    if (who.includes(alias)) this.mySeat = place;
    for (const participant of participants)
      if (place) this.seats.set(participant, place);
      else this.seats.delete(participant);
  }
}
