// What happened in a workshop according to everybody who saw it, and the judgement whether that was right.
import { execFileSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { warsha } from '../support/server.mjs';

const mostFaults = 20;

/** What an event is, in one comparable word: its type and what it is about. */
export const eventKey = (event) => {
  const about = event.contribution ?? event.theme;
  return `${event.type} ${about?.id ?? about ?? event.phase ?? ''}`;
};

/** Wrong outcomes, counted by kind, with the first of them in words. */
export class Faults {
  counts = new Map();
  words = [];

  add(kind, words) {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    if (this.words.length < mostFaults) this.words.push(`${kind}: ${words}`);
  }

  count(kind) {
    return this.counts.get(kind) ?? 0;
  }

  get total() {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  toString() {
    const counts = [...this.counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
    return `${counts}\n${this.words.map((line) => `         ${line}`).join('\n')}`;
  }
}

/** One workshop's commands and events as the people outside know them. */
export class History {
  acked = new Map(); // command id → { seq, receipt, action, mayChangeNothing }
  rejected = new Map(); // command id → code
  seen = []; // seq → key, as the first who saw it saw it
  last = 0; // the latest seq that an ack told of
  omitted = new Map(); // seq that a message passed over → the last seq of that message

  constructor(workshop, faults) {
    this.workshop = workshop;
    this.faults = faults;
  }

  ack(command, seq, receipt) {
    this.last = Math.max(this.last, seq);
    const before = this.acked.get(command.id);
    if (!before) this.acked.set(command.id, { seq, receipt, action: command.action, text: command.text });
    else if (before.seq !== seq || before.receipt !== receipt)
      this.faults.add('doubled', `${command.id} was acknowledged at ${before.seq} and at ${seq}`);
  }

  reject(command, code) {
    this.rejected.set(command.id, code);
  }

  saw(event, who) {
    const key = eventKey(event);
    const before = this.seen[event.seq];
    if (before === undefined) this.seen[event.seq] = key;
    else if (before !== key)
      this.faults.add('two orders', `event ${event.seq} is "${key}" for ${who} and "${before}" for others`);
  }

  /** A message that reaches to `last` tells nothing of the events from `first` to before `next`. */
  leftOut(first, next, last) {
    for (let seq = first; seq < next; seq++)
      this.omitted.set(seq, Math.min(last, this.omitted.get(seq) ?? last));
  }

  /** Compares with the journal on disk; the server may run or not. */
  judge(database) {
    const rows = database
      .prepare('SELECT seq, body FROM event WHERE workshop_id = ? ORDER BY seq')
      .all(this.workshop.id);
    const journal = [];
    const places = new Map();
    for (const { seq, body } of rows) {
      if (seq !== journal.length + 1)
        this.faults.add('gaps', `the journal has ${seq} after ${journal.length}`);
      const event = JSON.parse(body);
      journal.push(event);
      const id = event.command?.id;
      if (id === undefined) continue;
      if (places.has(id))
        this.faults.add('doubled', `${id} is in the journal at ${places.get(id)} and ${seq}`);
      else places.set(id, seq);
    }
    this.judgeAcked(places);
    for (const [id, code] of this.rejected)
      if (places.has(id)) this.faults.add('doubled', `${id} was rejected (${code}) and is in the journal`);
    this.seen.forEach((key, seq) => {
      const event = journal[seq - 1];
      if (!event || eventKey(event) !== key)
        this.faults.add('false events', `event ${seq} was seen as "${key}", the journal has ${event?.type}`);
    });
    this.judgeOmitted(journal);
    this.judgeReceipts(database);
    return journal;
  }

  /** Only a tally may be left out, and only when a later one in the same message supersedes it. */
  judgeOmitted(journal) {
    const tallied = (event) =>
      /^contribution\.(un)?supported$/.test(event?.type) ? event.contribution : undefined;
    for (const [seq, last] of this.omitted) {
      const contribution = tallied(journal[seq - 1]);
      const later = journal.slice(seq, last).some((event) => tallied(event) === contribution);
      if (contribution === undefined || !later)
        this.faults.add(
          'gaps',
          `event ${seq} (${journal[seq - 1]?.type}) was passed over in a message up to ${last}`,
        );
    }
  }

  judgeAcked(places) {
    for (const [id, { seq, action }] of this.acked) {
      const place = places.get(id);
      if (place === undefined) this.faults.add('lost', `${action} ${id}, acknowledged at ${seq}`);
      else if (place !== seq) this.faults.add('lost', `${id}, acknowledged at ${seq}, stands at ${place}`);
    }
  }

  judgeReceipts(database) {
    const rows = database
      .prepare('SELECT id, receipt FROM contribution WHERE workshop_id = ?')
      .all(this.workshop.id);
    const stored = new Map(rows.map(({ id, receipt }) => [id, receipt]));
    for (const [id, { receipt, action }] of this.acked)
      if (action === 'contribute' && stored.get(id)?.replaceAll('-', '') !== receipt?.replaceAll('-', ''))
        this.faults.add(
          'receipts lost',
          `the receipt ${receipt} of ${id}: the database has ${stored.get(id)}`,
        );
  }
}

/** Opens the database to read it, gives it to `look`, and closes it. */
export function reading(file, look) {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

/** `warsha verify`: its last line, or a fault. */
export function verifyChain(file, faults) {
  try {
    const said = execFileSync(warsha, ['verify', '--database', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return said.trim().split('\n').at(-1);
  } catch (error) {
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n');
    faults.add('verify', said.find((line) => /not|differ|miss|wrong|malformed/.test(line)) ?? said.at(-1));
    return 'verify failed';
  }
}
