import type { Table } from '$lib/generated/protocol';
import { changed, type Reversible } from '../changed';
import type { Command } from '../history.svelte';
import { inParts } from '../in-parts';

/** What these steps look at, now and when they are undone. */
export interface Seating {
  get(table: string | null | undefined): Table | undefined;
  /** The table of each participant. */
  seats: ReadonlyMap<string, string>;
}
export interface Seated {
  participant: string;
  /** By which a table names its rapporteur. */
  alias: string;
}

const rapporteurOf = (table: string, participant: string | null): Command => ({
  action: 'table.rapporteur',
  table,
  participant,
});

/** limits::kSeatedAtOnce. */
const atOnce = 100;

/**
 * Makes these tables, and seats people at once. Undone, who still sits where they were put goes back, and speaks again
 * for the table that they left. `people` are those whose alias is known.
 */
export function seatAll(
  tables: Seating,
  people: readonly Seated[],
  added: readonly { id: string; title: string }[],
  plan: readonly { table: string | null; participants: readonly string[] }[],
): Reversible {
  const before = new Map(
    plan.flatMap(({ participants }) =>
      participants.map((one) => [one, tables.seats.get(one) ?? null] as const),
    ),
  );
  const spoke = people.filter(
    ({ participant, alias }) => tables.get(before.get(participant))?.rapporteur === alias,
  );
  const seated = (table: string | null, participants: readonly string[]): Command[] =>
    inParts(participants, atOnce).map((part) => ({ action: 'table.seat', table, participants: part }));
  return {
    commands: [
      ...added.map(({ id, title }) => ({ id, action: 'table.add', title })),
      ...plan.flatMap(({ table, participants }) => seated(table, participants)),
    ],
    inverse: () => {
      const moved = plan.flatMap(({ table, participants }) =>
        participants.filter((one) => (tables.seats.get(one) ?? null) === table),
      );
      const homeOf = (one: string) => tables.get(before.get(one))?.id ?? null;
      const homes = new Set(moved.map(homeOf));
      const stays = new Set(
        [...tables.seats].flatMap(([one, table]) => (moved.includes(one) ? [] : [table])),
      );
      return [
        ...[...homes].flatMap((home) =>
          seated(
            home,
            moved.filter((one) => homeOf(one) === home),
          ),
        ),
        ...spoke.flatMap(({ participant }) => {
          const home = moved.includes(participant) ? tables.get(before.get(participant)) : undefined;
          return home && home.rapporteur === undefined ? [rapporteurOf(home.id, participant)] : [];
        }),
        ...added
          .filter(({ id }) => tables.get(id) && !stays.has(id))
          .map(({ id }) => ({ action: 'table.remove', table: id })),
      ];
    },
  };
}

/** Seats one person at a table, or at none. */
export const seat = (tables: Seating, person: Seated, table: string | null): Reversible =>
  (tables.seats.get(person.participant) ?? null) === table
    ? { commands: [], inverse: () => [] }
    : seatAll(tables, [person], [], [{ table, participants: [person.participant] }]);

export const rename = (tables: Seating, table: string, title: string): Reversible =>
  changed(
    () => tables.get(table)?.title,
    (title) => ({ action: 'table.rename', table, title }),
    title,
  );

/** Undone, it is there again, with those of its people who were seated nowhere since. */
export const remove = (tables: Seating, table: string): Reversible =>
  tables.get(table)
    ? {
        commands: [{ action: 'table.remove', table }],
        inverse: () => (tables.get(table) ? [] : [{ action: 'table.restore', table }]),
      }
    : { commands: [], inverse: () => [] };

/** Names who speaks for a table, or nobody. `people` are those of whom it may be one. */
export function nameRapporteur(
  tables: Seating,
  people: readonly Seated[],
  table: string,
  participant: string | null,
): Reversible {
  const named = () => {
    const found = tables.get(table);
    return found && (people.find(({ alias }) => alias === found.rapporteur)?.participant ?? null);
  };
  const before = named();
  const { commands, inverse } = changed<string | null>(
    named,
    (participant) => rapporteurOf(table, participant),
    participant,
  );
  // Who left the table since does not speak for it again.
  const sits = () => typeof before !== 'string' || tables.seats.get(before) === table;
  return { commands, inverse: () => (sits() ? inverse() : []) };
}

/** Sets what a table says of its work, as staff who looked at it do. */
export const setStatus = (tables: Seating, table: string, status: Table['status']): Reversible =>
  changed(
    () => tables.get(table)?.status,
    (status) => ({ action: 'table.status', table, status }),
    status,
  );
