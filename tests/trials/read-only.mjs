// What must be seen while the journal can't be written and when it can again; for every trial that takes the disk away.
import { request } from './http.mjs';

/** Long, since machines that run trials are busy; how long it took is told. */
const usualPatienceMs = 30_000;
const recoverMs = 30_000;
/** Acks of commits that were done before the fault are still on their way for this long. */
const onTheirWayMs = 500;
const watchMs = 1_500;
const typedMeanwhile = 3;

/**
 * The disk takes nothing any more: takes it away by `take`, gives it back by `give`; the room writes all the time.
 * strict: not one commit can succeed meanwhile, so that every ack is a false one.
 */
export async function whileUnwritable(
  room,
  { take, give, meanwhile = async () => {}, strict = true, patienceMs = usualPatienceMs },
) {
  for (const person of room.everybody) person.statuses = [];
  await take();
  const began = performance.now();
  await room.until(
    () => room.everybody.every((person) => person.statuses.includes(true)),
    'everybody to be told read-only',
    patienceMs,
  );
  const noticedMs = performance.now() - began;
  await new Promise((next) => setTimeout(next, onTheirWayMs));
  const acked = room.acked;
  for (const person of room.people)
    for (let i = 0; i < typedMeanwhile; i++)
      person.give({ action: 'contribute', kind: 'solution', text: person.say() });
  await meanwhile();
  await new Promise((next) => setTimeout(next, watchMs));
  if (strict && room.acked !== acked)
    room.faults.add('false acks', `${room.acked - acked} while nothing could be written`);
  if (!room.rejections.has('read_only'))
    room.faults.add('silent', 'nobody was told read_only for what he wrote');
  const kept = room.inFlight;
  await give();
  const givenAt = performance.now();
  await room.until(
    () => room.people.every((person) => !person.readOnly),
    'everybody to be told writable',
    recoverMs,
  );
  const recoveredMs = performance.now() - givenAt;
  await room.acks(kept);
  room.mustBeRight();
  return { noticedMs, recoveredMs, kept };
}

/** Somebody comes back, and somebody is new, while nothing can be written. */
export async function comeAndGo(room) {
  const [again] = room.people;
  again.drop();
  again.readOnly = false;
  again.connect();
  await room.until(() => again.state === 'live', 'somebody who comes back');
  if (!again.readOnly) room.faults.add('silent', 'who comes back is not told that the room is read-only');
  // A page that was reloaded and has nothing kept: it is shown what is on disk.
  const board = await request(room.where(), 'GET', again.snapshotPath(), { cookie: again.cookie });
  if (board.status !== 200)
    room.faults.add('silent', `who reloads is answered ${board.status} ${board.text} and sees nothing`);
  const answer = await request(room.where(), 'POST', '/api/join', {
    body: { code: again.history.workshop.join_code, language: 'fr', notice_version: 1 },
  });
  if (answer.status !== 503)
    room.faults.add('false acks', `a newcomer was answered ${answer.status} ${answer.text}`);
}
