// What walks through a room have in common: one server with a board for each journey, one browser, people without one.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { password, root, Server } from '../support/server.mjs';
import { request } from '../trials/http.mjs';
import { chromiumFlags } from './chromium.mjs';
import { check, Looking, patienceMs } from './looking.mjs';
import { boardStaff, emptyBoards } from './room.mjs';

/**
 * Begins a walk `[WORDS] [--pictures DIR]` over so many boards. Gives the cookies of a `facilitator` of them all and, if
 * asked for, of an `organiser`; `journey(name, run)` runs those whose names hold WORDS, each on a board of its own.
 */
export async function begin({ boards, organiser = false }) {
  const { values: options, positionals } = parseArgs({
    options: { pictures: { type: 'string' } },
    allowPositionals: true,
  });
  if (options.pictures) mkdirSync(options.pictures, { recursive: true });
  const [wanted = ''] = positionals;

  const server = new Server();
  server.prepare(join(root, 'deploy/demonstration/consultation.json'));
  const workshops = emptyBoards(server, boards);
  if (organiser) server.addAccount('salma', 'organiser', ['--all']);
  await server.start();
  const where = { host: '127.0.0.1', port: server.port };
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
  let passed = 0;
  let failed = 0;

  const signIn = async (email) =>
    (await request(where, 'POST', '/api/session', { body: { email, password } })).cookie;

  /** `run(looking, workshop, sit)`: who sits down through `sit` leaves with the end. What it gives is told as a figure. */
  async function journey(name, run) {
    if (!name.includes(wanted)) return;
    const looking = new Looking(browser, server, options.pictures);
    const seats = [];
    const sit = async (making) => {
      seats.push(await making);
      return seats.at(-1);
    };
    try {
      const figure = await run(looking, workshops.pop(), sit);
      check(looking.faults.length === 0, looking.faults.join('\n       '));
      console.log(`ok   ${name}${figure ? ` (${figure})` : ''}`);
      passed++;
    } catch (error) {
      console.log(`FAIL ${name}: ${error.message}`);
      failed++;
    } finally {
      seats.forEach((seat) => seat.leave());
      await Promise.all(browser.contexts().map((context) => context.close()));
    }
  }

  /** A walk in which nothing passed has shown nothing. */
  async function end() {
    await browser.close();
    await server.remove();
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed === 0 && passed > 0 ? 0 : 1);
  }

  return {
    ...{ server, where, journey, end },
    facilitator: await signIn(boardStaff[0]),
    organiser: organiser ? await signIn('salma@example.org') : undefined,
  };
}

/** The room as the page of who sits there; `ready`: the part of it to wait for. */
export async function openRoom(looking, seat, given, ready = '[role=tablist]') {
  const opened = await looking.open(`/room/${seat.workshop.id}`, { cookie: seat.cookie, ...given });
  await opened.waitForSelector(ready);
  return opened;
}

/** `given` has the cookie of who steers. */
export async function openConsole(looking, workshop, given) {
  const opened = await looking.open(`/console/${workshop.id}`, given);
  await opened.waitForSelector('.dot.live');
  await opened.waitForSelector('header summary');
  return opened;
}

/** Waits for what no page shows, as long as for what one does. */
export async function until(what, message) {
  for (const last = Date.now() + patienceMs; Date.now() < last; ) {
    if (await what()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(message);
}
