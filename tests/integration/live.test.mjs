// The live socket of a real server, used rightly and wrongly. See schemas/live.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, beforeEach, describe, test} from 'node:test';

import {ask, joinAs, signIn} from '../support/people.mjs';
import {RawSocket} from '../support/raw-socket.mjs';
import {root, Server} from '../support/server.mjs';

const server = new Server();
let workshop;
let facilitator;
let open = [];
before(async () => {
  server.prepare(join(root, 'deploy/demonstration/consultation.json'));
  await server.start();
});
after(() => server.remove());

/** A fresh workshop for each test, with its facilitator. */
beforeEach(async () => {
  for (const socket of open)
    socket.end();
  open = [];
  const document = JSON.parse(readFileSync(join(root, 'deploy/demonstration/consultation.json'), 'utf8'));
  document.workshops = [ {key : 'a', title : 'ورشة'} ];
  const cookie = await signIn(server, 'admin'); // who becomes the organiser of what they create
  const created = await ask(server, 'POST', '/api/consultations', {body : document, cookie});
  workshop = created.body.workshops[0];
  facilitator = await enter(cookie, 'staff');
});

let counter = 0;
function newId() {
  const bytes = Date.now().toString(16).padStart(12, '0');
  return `${bytes.slice(0, 8)}-${bytes.slice(8)}-7000-8000-${(++counter).toString(16).padStart(12, '0')}`;
}

const snapshot = async (cookie, audience = 'room') =>
    (await ask(server, 'GET', `/api/workshops/${workshop.id}/snapshot?audience=${audience}`, {cookie})).body;

/** An open socket that has said hello from the present board; knows its cookie and welcome. */
async function enter(cookie, as = 'participant') {
  const socket = await RawSocket.open(server, `/live/${workshop.id}?as=${as}`, {cookie});
  open.push(socket);
  socket.cookie = cookie;
  const {epoch, seq} = await snapshot(cookie, as === 'staff' ? 'staff' : 'room');
  socket.send({type : 'hello', resume : {epoch, seq}});
  socket.welcome = await socket.next('welcome');
  return socket;
}
const participant = async (name) => enter(await joinAs(server, workshop, name));

/** Sends a command; gives the ack, or the reject. */
async function command(socket, fields, id = newId()) {
  socket.send({type : 'command', id, ...fields});
  return socket.next((message) => (message.type === 'ack' || message.type === 'reject') && message.id === id);
}
const contribute = (socket, text, id) => command(socket, {action : 'contribute', kind : 'problem', text}, id);
const phase = (name) => command(facilitator, {action : 'phase.enter', phase : name});
const nextEvent = async (socket, type) => {
  for (;;) {
    const {events} = await socket.next('events');
    const found = events.find((event) => event.type === type);
    if (found)
      return found;
  }
};

describe('coming in', () => {
  test('needs a pass or a session, and the right origin', async () => {
    const path = `/live/${workshop.id}`;
    const cookie = await joinAs(server, workshop);
    assert.equal((await RawSocket.open(server, path)).status, 401);
    assert.equal((await RawSocket.open(server, `${path}?as=staff`, {cookie})).status, 401);
    assert.equal((await RawSocket.open(server, `${path}?as=king`, {cookie})).status, 400);
    assert.equal((await RawSocket.open(server, '/live/42', {cookie})).status, 404);
    assert.equal((await RawSocket.open(server, path, {cookie, origin : 'https://evil.example'})).status, 403);
    open.push(await RawSocket.open(server, path, {cookie, origin : server.url}));
  });

  test('without a resume point leads to a snapshot, and from there to the events', async () => {
    await phase('problems');
    const cookie = await joinAs(server, workshop);
    const socket = await RawSocket.open(server, `/live/${workshop.id}`, {cookie});
    open.push(socket);
    socket.send({type : 'hello'});
    assert.equal((await socket.next('welcome')).phase, 'problems');
    const resync = await socket.next('resync');
    assert.equal(resync.reason, 'no_resume_point');
    const board = (await ask(server, 'GET', resync.snapshot, {cookie})).body;
    socket.send({type : 'hello', resume : {epoch : board.epoch, seq : board.seq}});
    await socket.next('welcome');
    await contribute(socket, 'أول');
    const {first, events} = await socket.next('events');
    assert.equal(first, board.seq + 1);
    assert.equal(events[0].contribution.text, 'أول');
  });

  test('resumes with exactly what was missed', async () => {
    await phase('problems');
    const one = await participant();
    const {epoch, seq} = await snapshot(one.cookie);
    for (const text of ['أ', 'ب', 'ج'])
      await contribute(one, text);
    const two = await RawSocket.open(server, `/live/${workshop.id}`, {cookie : one.cookie});
    open.push(two);
    two.send({type : 'hello', resume : {epoch, seq}});
    const welcome = await two.next('welcome');
    assert.equal(welcome.mine.contributions.length, 3);
    const {first, last, events} = await two.next('events');
    assert.deepEqual([ first, last, events.map((event) => event.seq) ],
                     [ seq + 1, seq + 3, [ seq + 1, seq + 2, seq + 3 ] ]);
  });

  test('from another epoch, or from the future, leads to a snapshot', async () => {
    const {epoch, seq} = await snapshot((await participant()).cookie);
    const cookie = await joinAs(server, workshop);
    for (const resume of [{epoch : 'another-epoch', seq}, {epoch, seq : seq + 1_000}]) {
      const socket = await RawSocket.open(server, `/live/${workshop.id}`, {cookie});
      open.push(socket);
      socket.send({type : 'hello', resume});
      assert.equal((await socket.next('resync')).reason, 'epoch_changed');
    }
  });

  test('a command before hello is refused', async () => {
    const socket =
        await RawSocket.open(server, `/live/${workshop.id}`, {cookie : await joinAs(server, workshop)});
    open.push(socket);
    assert.equal((await contribute(socket, 'مبكرة')).code, 'hello_expected');
  });

  test('presence counts a person once', async () => {
    const one = await participant();
    await enter(one.cookie);
    await participant();
    await facilitator.next((message) => message.type === 'presence' && message.people === 2);
    one.send({type : 'typing'});
    await facilitator.next((message) => message.type === 'presence' && message.writing === 1);
  });
});

describe('commands', () => {
  beforeEach(() => phase('problems'));

  test('are acknowledged with a receipt, once, however often they are sent', async () => {
    const one = await participant();
    const id = newId();
    const first = await contribute(one, 'مرة واحدة', id);
    assert.match(first.receipt, /^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}$/);
    for (let i = 0; i < 3; i++)
      assert.deepEqual(await contribute(one, 'مرة واحدة', id), first);
    assert.equal((await snapshot(one.cookie)).contributions.length, 1);
  });

  test('with a used id and other content are refused, and change nothing', async () => {
    const one = await participant();
    const id = newId();
    await contribute(one, 'الأصل', id);
    assert.equal((await contribute(one, 'غيره', id)).code, 'id_reused');
    assert.equal((await snapshot(one.cookie)).contributions[0].text, 'الأصل');
  });

  test('somebody else’s id gives no receipt away', async () => {
    const one = await participant();
    const two = await participant();
    const id = newId();
    await contribute(one, 'سر الوصل', id);
    assert.equal((await contribute(two, 'سر الوصل', id)).receipt, undefined);
  });

  test('follow the phase and the role', async () => {
    const one = await participant();
    assert.equal((await command(one, {action : 'contribute', kind : 'solution', text : 'حل'})).code,
                 'wrong_phase');
    assert.equal((await command(one, {action : 'phase.enter', phase : 'closed'})).code, 'not_permitted');
    const screen = await enter(one.cookie, 'screen');
    assert.equal(screen.welcome.you.role, 'screen');
    assert.equal((await contribute(screen, 'من الشاشة')).code, 'not_permitted');
    await phase('closed');
    assert.equal((await contribute(one, 'بعد الإغلاق')).code, 'workshop_closed');
    assert.equal((await command(facilitator, {action : 'theme.add', title : 'عنوان'})).code,
                 'workshop_closed');
  });

  test('keep to one’s own contributions', async () => {
    const one = await participant();
    const two = await participant();
    const {id} = await contribute(one, 'لي');
    assert.equal((await command(two, {action : 'edit', contribution : id, text : 'لك'})).code, 'not_yours');
    assert.equal((await command(two, {action : 'withdraw', contribution : id})).code, 'not_yours');
    await phase('grouping');
    assert.equal((await command(one, {action : 'support', contribution : id, on : true})).code,
                 'own_contribution');
    assert.equal((await command(two, {action : 'support', contribution : id, on : true})).type, 'ack');
    assert.equal((await command(two, {action : 'support', contribution : newId(), on : true})).code,
                 'contribution_not_found');
  });

  test('too many at once are asked to wait, and nothing of them is lost', async () => {
    const one = await participant();
    const answers = await Promise.all(Array.from({length : 80}, (_, i) => contribute(one, `سريعة ${i}`)));
    const kept = answers.filter((answer) => answer.type === 'ack').length;
    assert.ok(kept >= 60 && kept < 80, `${kept} were taken`);
    assert.ok(
        answers.filter((answer) => answer.type === 'reject').every((answer) => answer.code === 'too_fast'));
    assert.equal((await snapshot(one.cookie)).contributions.length, kept);
  });
});

describe('what is hidden', () => {
  test(
      'leaves the room with its reason, is kept for staff, told to its author, and not given to those who resume',
      async () => {
        await phase('problems');
        const author = await participant('سناء');
        const reader = await participant();
        const before = await snapshot(reader.cookie);
        const {id} = await contribute(author, 'كلام سيُحجب');
        await command(facilitator,
                      {action : 'moderate', contribution : id, hidden : true, reason : 'يذكر شخصا'});
        const event = await nextEvent(reader, 'contribution.hidden');
        assert.deepEqual([ event.contribution, event.reason ], [ id, 'يذكر شخصا' ]);
        const room = JSON.stringify(await snapshot(reader.cookie));
        assert.ok(!room.includes('كلام سيُحجب') && !room.includes('سناء'));
        assert.ok(JSON.stringify(await snapshot(facilitator.cookie, 'staff')).includes('كلام سيُحجب'));

        const late = await RawSocket.open(server, `/live/${workshop.id}`, {cookie : reader.cookie});
        open.push(late);
        late.send({type : 'hello', resume : {epoch : before.epoch, seq : before.seq}});
        const missed = await late.next('events');
        assert.equal(missed.events.length, 2);
        assert.ok(!JSON.stringify(missed).includes('كلام سيُحجب'));

        const again = await enter(author.cookie);
        assert.deepEqual(again.welcome.mine.contributions[0].reason, 'يذكر شخصا');
        const {receipt} = again.welcome.mine.contributions[0];
        const fate = (await ask(server, 'GET', `/api/receipts/${receipt}`)).body;
        assert.deepEqual([ fate.state, fate.reason, fate.text ], [ 'hidden', 'يذكر شخصا', undefined ]);
      });
});

describe('wrong input', () => {
  const folder = join(root, 'schemas/live/examples/invalid');
  test('of every kind in schemas/live/examples is refused by its code, and the socket stays open',
       async () => {
         const one = await participant();
         for (const name of readdirSync(folder)) {
           const {message, frame, code, field} = JSON.parse(readFileSync(join(folder, name), 'utf8'));
           one.send(frame ?? message);
           const refused = await one.next('reject');
           assert.deepEqual([ refused.code, refused.field ], [ code, field ], name);
         }
         await phase('problems');
         assert.equal((await contribute(one, 'ما زال الاتصال قائما')).type, 'ack');
       });

  const fatal = [
    [ 'a binary frame', 1003, (socket) => socket.frame(2, Buffer.from('x')) ],
    [ 'invalid UTF-8', 1007, (socket) => socket.frame(1, Buffer.from([ 0x7b, 0xff, 0xfe ])) ],
    [ 'a message beyond 32 KiB', 1009, (socket) => socket.frame(1, Buffer.alloc(40_000, 0x20)) ],
    [ 'endless malformed messages', 4502, (socket) => Array.from({length : 64}, () => socket.send('{')) ],
    [ 'an unmasked frame', 1002, (socket) => socket.bytes(Buffer.from([ 0x81, 0x02, 0x7b, 0x7d ])) ],
    [ 'a reserved opcode', 1002, (socket) => socket.frame(3, Buffer.from('x')) ],
    [ 'a fragmented ping', 1002, (socket) => socket.frame(9, Buffer.from('x'), false) ],
  ];
  for (const [name, code, act] of fatal)
    test(`${name} closes that socket with ${code}, and the room goes on`, async () => {
      const bad = await participant();
      const good = await participant();
      await phase('problems');
      act(bad);
      assert.equal(await bad.untilClosed(), code);
      assert.equal((await contribute(good, 'القاعة مستمرة')).type, 'ack');
    });

  test('a message in fragments is one message, and a ping is answered', async () => {
    const one = await participant();
    one.frame(1, Buffer.from('{"type":"typ'), false);
    one.frame(9, Buffer.from('?'));
    one.frame(0, Buffer.from('ing"}'));
    await facilitator.next((message) => message.type === 'presence' && message.writing === 1);
    assert.ok(one.frames.some((frame) => frame.opcode === 10));
  });

  test('a phone that takes nothing slows nobody, and is told to start again', async () => {
    await phase('problems');
    const slow = await participant();
    slow.pause();
    const text = 'ك'.repeat(490);
    const writers = await Promise.all(Array.from({length : 12}, () => participant()));
    const began = performance.now();
    for (let turn = 0; turn < 60; turn++)
      await Promise.all(writers.map((one) => contribute(one, text)));
    const took = performance.now() - began;
    slow.resume();
    const end = await slow.next('resync').then((message) => message.reason, () => 'closed');
    assert.ok(end === 'too_slow' || end === 'closed', end);
    assert.ok(took < 20_000, `720 contributions took ${Math.round(took)} ms`);
  });
});

describe('ending', () => {
  test('SIGTERM says bye to everybody, closes with 1012, and ends in under 5 s with nothing lost',
       async () => {
         const own = new Server();
         try {
           const [room] = own.prepare(join(root, 'deploy/demonstration/consultation.json')).workshops;
           await own.start();
           const sockets = [];
           for (let i = 0; i < 20; i++) {
             const socket = await RawSocket.open(own, `/live/${room.id}`, {cookie : await joinAs(own, room)});
             socket.send({type : 'hello'});
             await socket.next('welcome');
             sockets.push(socket);
           }
           const began = performance.now();
           const ended = own.end('SIGTERM');
           const waits = [];
           for (const socket of sockets) {
             waits.push((await socket.next('bye')).retry_after_ms);
             assert.equal(await socket.untilClosed(), 1012);
           }
           assert.equal(await ended, 0);
           assert.ok(performance.now() - began < 5_000);
           assert.ok(new Set(waits).size > 10, 'they would come back together');
         } finally {
           await own.remove();
         }
       });
});
