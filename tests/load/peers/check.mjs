#!/usr/bin/env node
// The peers do what is measured of them: everybody in a room gets everything said there, and nobody else. See --help.
import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { kinds, withServer } from '../bench/servers.mjs';

const usage = `node tests/load/peers/check.mjs [PEER ...]

For each peer (ws, socketio, yjs, bare, gather): three clients in one room and one in another, each says
something 20 times; everybody must receive what was said in the own room, each speaker's in order, and no more.
Needs npm ci in tests/load/peers, and build/release/warsha-bare-beast.`;

const times = 20;

/** How a client of a target speaks: open() resolves when it is in its room; received() gives the words of a frame. */
const dialects = {
  plain: (base, room) => ({
    url: `${base}/room/${room}`,
    opening: () => [],
    isIn: (frame) => frame === null,
    said: (words) => JSON.stringify({ id: words }),
    words: (frame) =>
      String(frame)
        .split('\n')
        .map((line) => JSON.parse(line).id),
  }),
  socketio: (base, room) => ({
    url: `${base}/socket.io/?EIO=4&transport=websocket`,
    opening: () => ['40'],
    isIn: (frame, socket) => {
      if (!String(frame).startsWith('40')) return false;
      socket.send(`42["join","${room}"]`);
      return true;
    },
    said: (words) => `42["say","${words}"]`,
    words: (frame) => [JSON.parse(String(frame).slice(2))[1]],
  }),
  yjs: (base, room) => {
    const own = new Y.Doc();
    const seen = new Y.Doc();
    const updates = [];
    own.on('update', (update) => updates.push(update));
    return {
      url: `${base}/room-${room}`,
      opening: () => [Buffer.from([0, 0, 1, 0])], // synchronisation step 1: I have nothing
      isIn: (frame) => frame !== null,
      said: (words) => {
        own.getArray('said').push([words]);
        const update = updates.pop(); // below 128 bytes, so that its length is one byte
        return Buffer.concat([Buffer.from([0, 2, update.length]), update]);
      },
      words: (frame) => {
        const decoder = decoding.createDecoder(frame);
        const isSync = decoding.readVarUint(decoder) === 0;
        if (!isSync || decoding.readVarUint(decoder) === 0) return []; // the server asks what I have
        const before = new Set(seen.getArray('said').toArray());
        Y.applyUpdate(seen, decoding.readVarUint8Array(decoder));
        return seen
          .getArray('said')
          .toArray()
          .filter((words) => !before.has(words));
      },
    };
  },
};
const dialectOf = { ws: 'plain', bare: 'plain', gather: 'plain', socketio: 'socketio', yjs: 'yjs' };

class Client {
  heard = [];

  constructor(kind, url, room, name) {
    this.name = name;
    this.room = room;
    this.dialect = dialects[dialectOf[kind]](url.replace('http:', 'ws:'), room);
    this.socket = new WebSocket(this.dialect.url);
    /** Resolves when it hears itself: a server may take it into the room a moment after the socket is open. */
    this.entered = new Promise((entered, failed) => {
      this.heardItself = entered;
      this.socket.on('error', failed);
    });
    let inside = false;
    const enter = (frame) => {
      inside = this.dialect.isIn(frame, this.socket);
      if (inside) this.say('is here');
    };
    this.socket.on('open', () => {
      for (const frame of this.dialect.opening()) this.socket.send(frame);
      enter(null);
    });
    this.socket.on('message', (frame) => (inside ? this.hear(frame) : enter(frame)));
  }

  hear(frame) {
    for (const words of this.dialect.words(frame))
      if (!words.endsWith('is here')) this.heard.push(words);
      else if (words.includes(this.name)) this.heardItself();
    if (this.heard.length >= this.wanted) this.done();
  }

  listen(wanted) {
    this.wanted = wanted;
    return new Promise((done) => (this.done = done));
  }

  say(words) {
    this.socket.send(this.dialect.said(`${this.room} ${this.name} ${words}`));
  }
}

/** Fails with `words()` when the promise takes longer than so many seconds. */
function within(seconds, promise, words) {
  let late;
  const limit = new Promise(
    (_, failed) => (late = setTimeout(() => failed(new Error(words())), seconds * 1_000)),
  );
  return Promise.race([promise, limit]).finally(() => clearTimeout(late));
}

async function check(server) {
  const clients = ['A1', 'A2', 'A3', 'B1'].map((name) => new Client(server.kind, server.url, name[0], name));
  await within(
    30,
    Promise.all(clients.map((client) => client.entered)),
    () => 'not everybody came into the room',
  );
  const speakers = { A: 3, B: 1 };
  const all = clients.map((client) => client.listen(times * speakers[client.room]));
  for (let i = 0; i < times; i++) for (const client of clients) client.say(i);
  await within(30, Promise.all(all), () => `only ${clients.map((client) => client.heard.length)} were heard`);
  for (const client of clients) client.socket.close();
  for (const client of clients)
    for (const speaker of clients.filter((other) => other.room === client.room)) {
      const heard = client.heard.filter((words) => words.startsWith(`${client.room} ${speaker.name} `));
      const inOrder = heard.every((words, i) => words.endsWith(` ${i}`));
      if (heard.length !== times || !inOrder)
        throw new Error(`${client.name} heard of ${speaker.name}: ${heard}`);
    }
  const strangers = clients.flatMap((client) => client.heard.filter((words) => words[0] !== client.room));
  if (strangers.length > 0) throw new Error(`heard in another room: ${strangers}`);
}

const names = process.argv.slice(2);
if (names.includes('--help')) {
  console.log(usage);
  process.exit(0);
}
let failed = 0;
for (const kind of names.length > 0 ? names : Object.keys(dialectOf)) {
  if (!(kind in dialectOf)) {
    console.error(`unknown peer "${kind}"; --help lists them`);
    process.exit(2);
  }
  try {
    await withServer(kind, {}, check);
    console.log(`ok   ${kinds[kind].title}`);
  } catch (error) {
    console.log(`FAIL ${kinds[kind].title}: ${error.message}`);
    failed++;
  }
}
process.exit(failed === 0 ? 0 : 1);
