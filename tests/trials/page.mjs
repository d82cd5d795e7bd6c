// page: the disk is full (faulty_disk.cpp) while somebody types on the real page in a real browser, who then also
// reloads it, and the server is killed and started before there is space again.
//
// Right outcome: the page says that saving is not possible for the moment, also after the reload, and a page that has
// nothing kept shows the board all the same; what was typed waits in the page's outbox, also
// over the reload; when there is space it goes out by itself, is shown as kept, and is in the journal once.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FaultyServer, fault } from './disk.mjs';
import { reading, verifyChain } from './history.mjs';
import { Skipped } from './namespace.mjs';
import { Room } from './room.mjs';
import { root } from '../support/server.mjs';

export const summary = 'the disk is full while somebody types on the real page in a real browser';
export const outcome =
  'the page says so, also after a reload and when it is new, keeps what was typed, and sends it once when there is space';

const chromium = '/usr/bin/chromium';
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
];
const patienceMs = 15_000;
const thoughts = ['كُتبت والقرص ممتلئ', 'وهذه أيضا', 'وهذه بعد إعادة التحميل'];

async function browser() {
  const driver = join(root, 'tests/browser/node_modules/playwright-core/index.mjs');
  if (!existsSync(driver)) throw new Skipped('playwright-core is not installed: npm ci in tests/browser');
  if (!existsSync(chromium)) throw new Skipped(`there is no ${chromium}`);
  if (!existsSync(join(root, 'client-web/dist/room.html')))
    throw new Skipped('the client is not built: npm run build in client-web');
  const playwright = await import(driver);
  return playwright.chromium.launch({ executablePath: chromium, args: flags });
}

async function enter(opened, server, workshop) {
  await opened.goto(`${server.url}/j/${workshop.join_code}`);
  await opened.check('#accept');
  await opened.click('button[type=submit]');
  await opened.waitForURL('**/room/**');
  await opened.waitForSelector('[role=tablist]');
}

async function write(opened, text) {
  await opened.click('#tab-write');
  await opened.fill('#text', text);
  await opened.click('#panel-write button[type=submit]');
  await opened.waitForFunction(() => !document.querySelector('#text')?.value); // safe on the device
}

const waits = (opened, text) => opened.waitForSelector(`li:has(.waiting):has-text("${text}")`);

/** A page that has nothing of its own on the device: it shows what is on disk, and says that nothing can be added. */
async function lookAfresh(opened) {
  const fresh = await opened.context().newPage();
  await fresh.goto(`${opened.url()}?preview=ar`);
  await fresh.waitForSelector('[role=tablist]');
  await fresh.waitForSelector('.banner.warn');
  await fresh.close();
}

async function typeOnFullDisk(opened, server) {
  server.disk.set({ fault: fault.full });
  for (const text of thoughts.slice(0, 2)) await write(opened, text);
  await opened.waitForSelector('.banner.warn');
  await opened.click('#tab-mine');
  for (const text of thoughts.slice(0, 2)) await waits(opened, text);
  await opened.reload();
  await opened.waitForSelector('[role=tablist]');
  await opened.waitForSelector('.banner.warn');
  await lookAfresh(opened);
  await write(opened, thoughts[2]);
  await opened.click('#tab-mine');
  for (const text of thoughts) await waits(opened, text);
  if ((await opened.locator('.kept').count()) > 0)
    throw new Error('the page shows as kept what is on no disk');
  await server.kill();
  await server.start();
}

function judge(room, server) {
  const journal = reading(server.database, (database) => room.histories[0].judge(database));
  for (const text of thoughts) {
    const times = journal.filter((event) => event.text === text).length;
    if (times !== 1)
      room.faults.add(times ? 'doubled' : 'lost', `"${text}" is in the journal ${times} times`);
  }
  const verified = verifyChain(server.database, room.faults);
  room.mustBeRight();
  return verified;
}

export async function run({ seed, progress }) {
  const started = await browser();
  const server = new FaultyServer();
  const [workshop] = server.prepareWorkshops(1);
  await server.start();
  const room = new Room(server, { people: 4, seed, person: { window: 1, paceMs: 200 } });
  try {
    await room.open();
    room.write();
    const opened = await (await started.newContext({ locale: 'ar-MA' })).newPage();
    opened.setDefaultTimeout(patienceMs);
    await enter(opened, server, workshop);
    progress('the disk is full');
    await typeOnFullDisk(opened, server);
    progress('there is space again');
    server.disk.set({ fault: fault.none });
    const began = performance.now();
    for (const text of thoughts) await opened.waitForSelector(`li:has(.kept):has-text("${text}")`);
    const keptMs = performance.now() - began;
    await opened.waitForSelector('.banner.warn', { state: 'detached' });
    await room.settled();
    const verified = judge(room, server);
    return `${thoughts.length} contributions waited on the page over a reload and a restart, kept ${keptMs.toFixed(0)} ms after there was space, each once; ${verified}`;
  } finally {
    await started.close();
    room.leave();
    await server.remove();
  }
}
