import { beforeEach, describe, expect, test } from 'vitest';
import * as seating from '../../../../client-web/src/console/panels/seating';
import type { Command } from '../../../../client-web/src/console/history.svelte';
import type { Table } from '../../../../client-web/src/lib/generated/protocol';

const amina = { participant: 'p-amina', alias: 'a-amina' };
const said = { participant: 'p-said', alias: 'a-said' };
const people = [amina, said];

/** Tables that do as they are told, as the server does (server/live/decide_people.cpp). */
class Tables implements seating.Seating {
  list: Table[];
  seats = new Map<string, string>();
  constructor(ids: string[]) {
    this.list = ids.map((id) => ({ id, title: `title ${id}`, status: 'working', people: 0 }));
  }
  get(id: string | null | undefined): Table | undefined {
    return this.list.find((table) => table.id === id);
  }
  run(commands: Command[]): void {
    for (const command of commands) this.take(command);
  }
  private take(command: Command): void {
    const table = command.table as string;
    switch (command.action) {
      case 'table.add':
        this.list.push({ id: command.id!, title: command.title as string, status: 'working', people: 0 });
        break;
      case 'table.remove':
        this.list = this.list.filter(({ id }) => id !== table);
        for (const [one, at] of [...this.seats]) if (at === table) this.seats.delete(one);
        break;
      case 'table.rename':
        this.get(table)!.title = command.title as string;
        break;
      case 'table.status':
        this.get(table)!.status = command.status as Table['status'];
        break;
      case 'table.rapporteur': {
        const participant = command.participant as string | null;
        if (participant !== null && this.seats.get(participant) !== table) throw new Error('person_not_found');
        this.get(table)!.rapporteur = people.find((one) => one.participant === participant)?.alias;
        break;
      }
      case 'table.seat':
        if (table !== null && !this.get(table)) throw new Error('table_not_found');
        if ((command.participants as string[]).length > 100) throw new Error('too many');
        for (const one of command.participants as string[]) {
          const left = this.get(this.seats.get(one));
          if (left && left.rapporteur === people.find(({ participant }) => participant === one)?.alias)
            left.rapporteur = undefined;
          if (table === null) this.seats.delete(one);
          else this.seats.set(one, table);
        }
        break;
      default:
        throw new Error(command.action);
    }
  }
}

let tables: Tables;
beforeEach(() => {
  tables = new Tables(['one', 'two']);
  tables.run([{ action: 'table.seat', table: 'one', participants: [amina.participant, said.participant] }]);
});

describe('seating one person', () => {
  test('moves them, and undone they are back and speak for their table again', () => {
    tables.run([{ action: 'table.rapporteur', table: 'one', participant: amina.participant }]);
    const step = seating.seat(tables, amina, 'two');
    tables.run(step.commands);
    expect(tables.seats.get(amina.participant)).toBe('two');
    expect(tables.get('one')!.rapporteur).toBeUndefined();
    tables.run(step.inverse());
    expect(tables.seats.get(amina.participant)).toBe('one');
    expect(tables.get('one')!.rapporteur).toBe(amina.alias);
  });
  test('undone takes the word from nobody who was named meanwhile', () => {
    tables.run([{ action: 'table.rapporteur', table: 'one', participant: amina.participant }]);
    const step = seating.seat(tables, amina, null);
    tables.run(step.commands);
    tables.run([{ action: 'table.rapporteur', table: 'one', participant: said.participant }]);
    tables.run(step.inverse());
    expect(tables.seats.get(amina.participant)).toBe('one');
    expect(tables.get('one')!.rapporteur).toBe(said.alias);
  });
  test('whom somebody moved on since is left where they are', () => {
    const step = seating.seat(tables, amina, 'two');
    tables.run(step.commands);
    tables.run([{ action: 'table.seat', table: null, participants: [amina.participant] }]);
    expect(step.inverse()).toEqual([]);
  });
  test('where they came from is gone: undone, they sit at none', () => {
    const step = seating.seat(tables, amina, 'two');
    tables.run(step.commands);
    tables.run([{ action: 'table.remove', table: 'one' }]);
    tables.run(step.inverse());
    expect(tables.seats.has(amina.participant)).toBe(false);
  });
  test('where they sit already is no step', () =>
    expect(seating.seat(tables, amina, 'one').commands).toEqual([]));
});

describe('seating all', () => {
  test('makes tables, and undone there are only those of before, with who sat there', () => {
    tables.run([{ action: 'table.seat', table: null, participants: [said.participant] }]);
    const plan = [
      { table: 'two', participants: [amina.participant] },
      { table: 'three', participants: [said.participant] },
    ];
    const step = seating.seatAll(tables, people, [{ id: 'three', title: 'title three' }], plan);
    tables.run(step.commands);
    expect(tables.seats.get(said.participant)).toBe('three');
    tables.run(step.inverse());
    expect(tables.list.map(({ id }) => id)).toEqual(['one', 'two']);
    expect([...tables.seats]).toEqual([[amina.participant, 'one']]);
  });
  test('a made table at which somebody else sat down stays', () => {
    const plan = [{ table: 'three', participants: [amina.participant] }];
    const step = seating.seatAll(tables, people, [{ id: 'three', title: 'title three' }], plan);
    tables.run(step.commands);
    tables.run([{ action: 'table.seat', table: 'three', participants: ['p-late'] }]);
    tables.run(step.inverse());
    expect(tables.seats.get(amina.participant)).toBe('one');
    expect(tables.seats.get('p-late')).toBe('three');
  });
  test('undone, who spoke for a table does so again, unless somebody else was named meanwhile', () => {
    tables.run([
      { action: 'table.rapporteur', table: 'one', participant: amina.participant },
      { action: 'table.seat', table: 'two', participants: [said.participant] },
      { action: 'table.rapporteur', table: 'two', participant: said.participant },
    ]);
    const plan = [
      { table: 'two', participants: [amina.participant] },
      { table: 'one', participants: [said.participant] },
    ];
    const step = seating.seatAll(tables, people, [], plan);
    tables.run(step.commands);
    expect(tables.list.map(({ rapporteur }) => rapporteur)).toEqual([undefined, undefined]);
    tables.get('two')!.rapporteur = 'a-late';
    tables.run(step.inverse());
    expect(tables.list.map(({ rapporteur }) => rapporteur)).toEqual([amina.alias, 'a-late']);
  });
  test('is sent in parts that the server takes', () => {
    const participants = Array.from({ length: 230 }, (_, i) => `p-${i}`);
    const step = seating.seatAll(tables, people, [], [{ table: 'two', participants }]);
    expect(step.commands.map((one) => (one.participants as string[]).length)).toEqual([100, 100, 30]);
    tables.run(step.commands);
    tables.run(step.inverse());
    expect([...tables.seats.values()]).toEqual(['one', 'one']);
  });
});

test('a table is called as before when that is undone, unless somebody called it otherwise since', () => {
  const step = seating.rename(tables, 'one', 'الصحة');
  tables.run(step.commands);
  expect(tables.get('one')!.title).toBe('الصحة');
  tables.run(step.inverse());
  expect(tables.get('one')!.title).toBe('title one');
  tables.run(step.commands);
  tables.get('one')!.title = 'التعليم';
  expect(step.inverse()).toEqual([]);
});

test('a table that was removed comes back when that is undone, unless it is there', () => {
  const { commands, inverse } = seating.remove(tables, 'one');
  expect(commands).toEqual([{ action: 'table.remove', table: 'one' }]);
  expect(inverse()).toEqual([]);
  tables.run(commands);
  expect(inverse()).toEqual([{ action: 'table.restore', table: 'one' }]);
  expect(seating.remove(tables, 'one').commands).toEqual([]);
});

describe('naming who speaks for a table', () => {
  test('undone, it is who it was before', () => {
    tables.run(seating.nameRapporteur(tables, people, 'one', amina.participant).commands);
    const step = seating.nameRapporteur(tables, people, 'one', said.participant);
    tables.run(step.commands);
    expect(tables.get('one')!.rapporteur).toBe(said.alias);
    tables.run(step.inverse());
    expect(tables.get('one')!.rapporteur).toBe(amina.alias);
  });
  test('who has left the table is not named again', () => {
    tables.run(seating.nameRapporteur(tables, people, 'one', amina.participant).commands);
    const step = seating.nameRapporteur(tables, people, 'one', null);
    tables.run(step.commands);
    tables.run([{ action: 'table.seat', table: 'two', participants: [amina.participant] }]);
    expect(step.inverse()).toEqual([]);
  });
});

test('what a table asked for stands again when seeing to it is undone', () => {
  tables.get('one')!.status = 'help';
  const step = seating.setStatus(tables, 'one', 'working');
  tables.run(step.commands);
  expect(tables.get('one')!.status).toBe('working');
  tables.run(step.inverse());
  expect(tables.get('one')!.status).toBe('help');
});
