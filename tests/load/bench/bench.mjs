// One run of the bench: how long and how often, whose turn it is, and what went wrong.
import { cores } from './cores.mjs';

const modes = {
  quick: { rounds: 1, words: 'one short round: a smoke test, its figures mean nothing' },
  normal: { rounds: 5, words: 'medians of 5 rounds unless a table says otherwise' },
  reference: { rounds: 9, words: 'medians of 9 long rounds' },
};

export class Bench {
  faults = [];
  /** Where servers and the load run when they have a core each, and when they share both. */
  serverCore = cores[0];
  loadCore = cores[1];
  bothCores = `${cores[0]},${cores[1]}`;

  constructor(mode, rounds) {
    this.mode = mode;
    this.roundsAreGiven = rounds !== undefined;
    this.rounds = rounds ?? modes[mode].rounds;
    this.words = rounds ? `${mode}, medians of ${rounds} rounds` : modes[mode].words;
  }

  /** A smoke run judges no goal. */
  get judges() {
    return this.mode !== 'quick';
  }

  /** A size by mode: pick({ quick, normal, reference }); a reference run takes the normal one when it has none. */
  pick(sizes) {
    return sizes[this.mode] ?? sizes.normal;
  }

  /** Rounds of what takes long and hardly differs from round to round, so that a run stays under ten minutes. */
  fewerRounds(most) {
    return this.mode === 'reference' || this.roundsAreGiven ? this.rounds : Math.min(this.rounds, most);
  }

  say(words) {
    console.error(`bench: ${words}`);
  }

  fault(words) {
    this.faults.push(words);
    this.say(`FAULT ${words}`);
  }

  /**
   * Takes turns: every subject once, then every subject again, `rounds` times. Gives the results by subject, one a round;
   * null where one failed, which is a fault but ends nothing.
   */
  async takeTurns(table, subjects, measure, rounds = this.rounds) {
    const results = Object.fromEntries(subjects.map((subject) => [subject, []]));
    for (let round = 0; round < rounds; round++)
      for (const subject of subjects) {
        this.say(`${table} ${round + 1}/${rounds}: ${subject}`);
        try {
          results[subject].push(await measure(subject, round));
        } catch (error) {
          this.fault(`${table}, ${subject}: ${error.message}`);
          results[subject].push(null);
        }
      }
    return results;
  }

  /**
   * Whether the load counted what it was asked for. (That every message was seen once by everybody of its room, warsha-load
   * holds itself.)
   */
  check(table, { submitted, deliveries }, { roomSize }) {
    if (submitted === 0) this.fault(`${table}: nothing was said`);
    if (deliveries !== submitted * roomSize)
      this.fault(`${table}: ${submitted} messages to ${roomSize} people each made ${deliveries} deliveries`);
  }
}
