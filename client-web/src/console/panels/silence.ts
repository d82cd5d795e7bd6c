import type { Contribution } from '$lib/generated/protocol';
import { madeAt } from '$lib/uuid';

/** limits::kTableSilence, as in the overview of all workshops. */
const silentAfterMs = 5 * 60_000;

/** When this page was opened, by the server's clock, of which it is `now`: this device's may be off by minutes. */
export const openedAt = (now: number): number => performance.timeOrigin + now - Date.now();

/** What is known of the tables, at one moment of the server. */
interface Watched {
  contributions: Iterable<Pick<Contribution, 'table' | 'author' | 'at'>>;
  /** The table of each participant. */
  seats: ReadonlyMap<string, string>;
  /** Tables with a text that is being written. */
  drafting: ReadonlySet<string>;
  writingIsOpen: boolean;
  phaseSince: number;
}

/** Tables for which, and at which, nobody has written for minutes in which they could. */
export function silentTables(tables: { id: string }[], watched: Watched, now: number): Set<string> {
  if (!watched.writingIsOpen) return new Set();
  const last = new Map<string, number>();
  const wrote = (table: string | undefined, at: number) =>
    table !== undefined && last.set(table, Math.max(last.get(table) ?? 0, at));
  for (const { table, author, at } of watched.contributions) {
    wrote(table, at);
    if (author !== undefined) wrote(watched.seats.get(author), at);
  }
  const since = (table: string) => Math.max(watched.phaseSince, madeAt(table), last.get(table) ?? 0);
  return new Set(
    tables.map(({ id }) => id).filter((id) => !watched.drafting.has(id) && now - since(id) >= silentAfterMs),
  );
}
