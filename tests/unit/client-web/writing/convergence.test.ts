import { describe, expect, test } from 'vitest';
import { Simulation, type Options } from './simulation';

/** The long run is tests/trials/writing-soak.mjs. */
const runs = 40;
const several = (options: Omit<Options, 'seed'>) => {
  for (let seed = 1; seed <= runs; seed++) {
    try {
      new Simulation({ ...options, seed }).run();
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
};

describe('eight devices of seven people on one text', () => {
  test('come to the same text, and no letter is lost or doubled, whatever the latency', () =>
    several({ trouble: {} }));
  test('and when connections end and come back', () => several({ trouble: { offline: true } }));
  test('and when pages are reloaded with words that were not sent', () =>
    several({ trouble: { offline: true, reload: true } }));
  test('and when snapshots take the place of events', () =>
    several({ trouble: { offline: true, reload: true, snapshot: true } }));
  test('and when writing is paused meanwhile', () => several({}));
  test('and when the server keeps few edits to fit late ones in after', () => several({ kept: 2 }));
  test('and when letters are few and equal', () => several({ distinct: false }));
  test('come to the same text when the server was put back to a backup', () =>
    several({
      trouble: { offline: true, reload: true, snapshot: true, backup: true },
    }));
});

test('a simulation repeats itself with its seed', () =>
  expect(new Simulation({ seed: 7 }).run()).toEqual(new Simulation({ seed: 7 }).run()));
