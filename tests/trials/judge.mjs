// judge: nothing goes wrong, and the records are falsified: each kind of wrong outcome must be noticed, or the other
// trials would mean nothing.
//
// Right outcome: an untouched history is right; of each falsified one exactly the falsified kind is reported.
import { reading } from './history.mjs';
import { uuidv7 } from './random.mjs';
import { Room } from './room.mjs';
import { TrialServer } from './serving.mjs';

export const summary = 'falsified records: what the other trials look for must be seen when it is there';
export const outcome = 'each kind of fault is noticed';

/** By the kind of fault that must be reported: what is falsified. */
const falsifications = {
  lost: ({ history }) => history.acked.set(uuidv7(), { seq: 7, action: 'edit' }),
  'receipts lost': ({ history }) => {
    const added = [...history.acked.values()].find(({ action }) => action === 'contribute');
    added.receipt = 'AAAA-AAAA-AAAA';
  },
  doubled: ({ history }) => history.rejected.set([...history.acked.keys()][0], 'wrong_phase'),
  'false events': ({ history }) => history.seen.push('contribution.edited x'),
  'two orders': ({ history, event }) => history.saw({ ...event, type: 'contribution.withdrawn' }, 'somebody'),
  gaps: ({ person, event }) => {
    const seq = person.seq + 2;
    person.events({ first: seq, last: seq, events: [{ ...event, seq }] });
  },
  'false acks': ({ person }) => person.acknowledged({ id: uuidv7(), seq: 3 }),
  'went back': ({ person }) =>
    person.readSnapshot({ epoch: person.epoch, seq: person.seq - 1, contributions: [] }),
  boards: ({ person }) => {
    person.board.get(person.ids[0]).supports += 1;
    return person.room.judgeBoards();
  },
};

/** In a workshop of its own. */
async function falsify(kind, server, workshop, seed) {
  const here = Object.create(server, { workshops: { value: [workshop] } });
  const room = new Room(here, { people: 3, seed, staff: false });
  try {
    await room.open();
    room.write();
    await room.acks(40);
    await room.settled();
    await room.judge({ receipts: 5, chain: false });
    const [history] = room.histories;
    const [person] = room.people;
    const event = { seq: 3, type: 'contribution.edited', contribution: person.ids[0] };
    await falsifications[kind]({ history, person, event });
    reading(server.database, (database) => history.judge(database));
    const seen = [...room.faults.counts.keys()];
    if (seen.length !== 1 || seen[0] !== kind) throw new Error(`"${kind}" was done, [${seen}] was seen`);
  } finally {
    room.leave();
  }
}

export async function run({ seed, progress }) {
  const kinds = Object.keys(falsifications);
  const server = new TrialServer();
  const workshops = server.prepareWorkshops(kinds.length);
  await server.start();
  try {
    for (const [i, kind] of kinds.entries()) {
      progress(kind);
      await falsify(kind, server, workshops[i], seed);
    }
  } finally {
    await server.remove();
  }
  return `seen when it is there: ${kinds.join(', ')}`;
}
