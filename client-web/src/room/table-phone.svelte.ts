/** Whether this phone is the one of a whole table, and how many people are behind what it sends; kept on the device. */
export class TablePhone {
  private kept = $state.raw<{ table: string; people: number } | null>(null);
  private readonly key: string;

  constructor(workshop: string) {
    this.key = `warsha.table-phone.${workshop}`;
    try {
      this.kept = read(localStorage.getItem(this.key));
    } catch {
      // No storage: it is the table's as long as the page.
    }
  }

  /** Declared for the table where one sits; null: the phone is one person's. */
  peopleAt(table: string | null): number | null {
    return this.kept !== null && this.kept.table === table ? this.kept.people : null;
  }

  /** null: it is one person's again. */
  set(table: string, people: number | null): void {
    this.kept = people === null ? null : { table, people: Math.min(mostPeople, Math.max(1, people)) };
    try {
      if (this.kept) localStorage.setItem(this.key, JSON.stringify(this.kept));
      else localStorage.removeItem(this.key);
    } catch {
      // As above.
    }
  }
}

/** protocol/limits.hpp: kPeopleBehind. */
export const mostPeople = 99;

function read(text: string | null): { table: string; people: number } | null {
  const { table, people } = (JSON.parse(text ?? '{}') ?? {}) as { table?: unknown; people?: unknown };
  if (typeof table !== 'string' || !Number.isInteger(people)) return null;
  return { table, people: Math.min(mostPeople, Math.max(1, people as number)) };
}
