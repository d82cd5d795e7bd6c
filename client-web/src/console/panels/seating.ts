import type { Table } from '$lib/generated/protocol';
import type { Command } from '../history.svelte';

/** One step with the tables, and what undoes it as they are when it is undone. */
export interface SeatingStep {
  commands: Command[];
  inverse: () => Command[];
}
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

const seatAt = (table: string | null, participant: string): Command => ({
  action: 'table.seat',
  table,
  participants: [participant],
});
const rapporteurOf = (table: string, participant: string | null): Command => ({
  action: 'table.rapporteur',
  table,
  participant,
});

/** Seats one person at a table, or at none. Undone, who spoke for the table that they left does so again. */
export function seat(tables: Seating, { participant, alias }: Seated, table: string | null): SeatingStep {
  const before = tables.seats.get(participant) ?? null;
  if (before === table) return { commands: [], inverse: () => [] };
  const spoke = tables.get(before)?.rapporteur === alias;
  return {
    commands: [seatAt(table, participant)],
    inverse: () => {
      // Whom somebody moved on since stays there.
      if ((tables.seats.get(participant) ?? null) !== table) return [];
      const left = tables.get(before);
      const again = spoke && left !== undefined && left.rapporteur === undefined;
      return [seatAt(left?.id ?? null, participant), ...(again ? [rapporteurOf(left.id, participant)] : [])];
    },
  };
}

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
  plan: readonly { table: string; participants: readonly string[] }[],
): SeatingStep {
  const before = new Map(
    plan.flatMap(({ participants }) =>
      participants.map((one) => [one, tables.seats.get(one) ?? null] as const),
    ),
  );
  const spoke = people.filter(
    ({ participant, alias }) => tables.get(before.get(participant))?.rapporteur === alias,
  );
  const seated = (table: string | null, participants: readonly string[]): Command[] =>
    Array.from({ length: Math.ceil(participants.length / atOnce) }, (_, part) => ({
      action: 'table.seat',
      table,
      participants: participants.slice(part * atOnce, (part + 1) * atOnce),
    }));
  return {
    commands: [
      ...added.map(({ id, title }) => ({ id, action: 'table.add', title })),
      ...plan.flatMap(({ table, participants }) => seated(table, participants)),
    ],
    inverse: () => {
      const moved = plan.flatMap(({ table, participants }) =>
        participants.filter((one) => tables.seats.get(one) === table),
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

export function rename(tables: Seating, table: string, title: string): SeatingStep {
  const before = tables.get(table)?.title;
  if (before === undefined || before === title) return { commands: [], inverse: () => [] };
  const named = (title: string): Command => ({ action: 'table.rename', table, title });
  return {
    commands: [named(title)],
    inverse: () => (tables.get(table)?.title === title ? [named(before)] : []),
  };
}

/** Names who speaks for a table, or nobody. `people` are those of whom it may be one. */
export function nameRapporteur(
  tables: Seating,
  people: readonly Seated[],
  table: string,
  participant: string | null,
): SeatingStep {
  const named = () =>
    people.find(({ alias }) => alias === tables.get(table)?.rapporteur)?.participant ?? null;
  const before = named();
  if (before === participant) return { commands: [], inverse: () => [] };
  return {
    commands: [rapporteurOf(table, participant)],
    inverse: () => {
      const sits = before === null || tables.seats.get(before) === table;
      return tables.get(table) && named() === participant && sits ? [rapporteurOf(table, before)] : [];
    },
  };
}

/** Sets what a table says of its work, as staff who looked at it do. */
export function setStatus(tables: Seating, table: string, status: Table['status']): SeatingStep {
  const before = tables.get(table)?.status;
  if (before === undefined || before === status) return { commands: [], inverse: () => [] };
  const set = (status: Table['status']): Command => ({ action: 'table.status', table, status });
  return {
    commands: [set(status)],
    inverse: () => (tables.get(table)?.status === status ? [set(before)] : []),
  };
}
