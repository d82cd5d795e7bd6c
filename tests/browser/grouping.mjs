#!/usr/bin/env node
// How long the console's page is busy at a time while a facilitator drags cards over a board that many people fill.
// `grouping.mjs --help`. The figure is the longest task of the page's main thread, as the browser's own trace has it.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { password, root, Server } from '../support/server.mjs';
import { chromiumFlags } from './chromium.mjs';
import { boardStaff, emptyBoards, fill, textOf } from './room.mjs';
import { record } from './tasks.mjs';

const { values: options } = parseArgs({
  options: {
    help: { type: 'boolean' },
    cards: { type: 'string', default: '300' },
    people: { type: 'string', default: '60' },
    rate: { type: 'string', default: '10' },
    slower: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '12' },
    most: { type: 'string', default: '50' },
    layout: { type: 'string', default: 'columns' },
    rounds: { type: 'string', default: '3' },
    idle: { type: 'boolean' },
    picture: { type: 'string' },
  },
});
if (options.help) {
  console.log(`grouping.mjs: drags cards while new ones come, on a slowed-down processor

  --cards 300      on the board before          --rate 10    new cards a second meanwhile
  --people 60      connected                    --slower 4   times, by the DevTools protocol
  --seconds 12     of dragging                  --rounds 3   the quietest one counts: other work disturbs
  --most 50        milliseconds a task may last; beyond, it fails
  --layout grid    instead of columns           --idle       no dragging: what the machine itself disturbs
  --picture FILE   of the page in the middle of a drag`);
  process.exit(0);
}
const number = (name) => Number(options[name]);

const server = new Server();
server.prepare(join(root, 'deploy/demonstration/consultation.json'));
const [workshop] = emptyBoards(server, 1);
await server.start();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
let failed = false;
try {
  const room = await fill(server, workshop, { people: number('people'), cards: number('cards') });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ar-MA' });
  const page = await context.newPage();
  await page.addInitScript((layout) => localStorage.setItem('warsha.layout', layout), options.layout);
  await page.goto(`${server.url}/console/${workshop.id}`);
  await page.fill('#email', boardStaff[0]);
  await page.fill('#password', password);
  await page.click('button[type=submit]');
  await page.waitForFunction((cards) => document.querySelectorAll('[data-card]').length >= cards, number('cards'));
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: number('slower') });
  await page.evaluate(() => document.querySelector('.area').scrollIntoView({ block: 'end' }));
  await page.waitForTimeout(1_500);

  const rounds = [];
  let written = number('cards');
  for (let round = 0; round < number('rounds'); round++) {
    const trace = await record(devtools);
    let writing = true;
    let came = 0;
    const writer = (async () => {
      while (writing) {
        const seat = room.seats[written % room.seats.length];
        seat.perform({ action: 'contribute', kind: 'problem', text: textOf(written++) }).then(() => came++, () => {});
        await new Promise((later) => setTimeout(later, 1_000 / number('rate')));
      }
    })();
    const drags = options.idle
      ? await page.waitForTimeout(1_000 * number('seconds'))
      : await dragFor(page, 1_000 * number('seconds'), round === 0 ? options.picture : undefined);
    writing = false;
    await writer;
    const tasks = await trace();
    const all = tasks.map((task) => task.ms).sort((a, b) => a - b);
    const longest = all.at(-1) ?? 0;
    rounds.push(longest);
    console.log(
      `round ${round + 1}: longest task ${longest.toFixed(1)} ms, 99 % below ${(all[Math.floor(all.length * 0.99)] ?? 0).toFixed(1)} ms, ` +
        `${tasks.some((task) => task.ms !== task.wall) ? 'CPU time' : 'wall time'}, ${all.filter((ms) => ms > 50).length} over 50 ms, ${came} new cards, ${drags ?? 0} drops`,
    );
    for (const task of tasks.filter((one) => one.ms > 40).slice(0, 5)) console.log(`    ${task.ms.toFixed(1)} ms: ${task.within}`);
  }
  const best = Math.min(...rounds);
  const cards = await page.evaluate(() => document.querySelectorAll('[data-card]').length);
  failed = best > number('most');
  console.log(
    `${failed ? 'FAIL' : 'ok'}   ${options.layout}, ${cards} cards at the end, ${options.people} people, ${options.rate} new a second, ` +
      `${options.slower} times slower: longest task ${best.toFixed(1)} ms of ${options.most}`,
  );
  for (const seat of [room.staff, ...room.seats]) seat.leave();
} finally {
  await browser.close();
  await server.remove();
}
process.exit(failed ? 1 : 0);

/** Drags a card from what is ungrouped over all themes and drops it on one, again and again. */
async function dragFor(page, ms, picture) {
  const until = Date.now() + ms;
  let drops = 0;
  while (Date.now() < until) {
    const from = await page.evaluate(() => {
      const list = document.querySelector('.loose [data-list]').getBoundingClientRect();
      for (const card of document.querySelectorAll('.loose [data-card]')) {
        const box = card.getBoundingClientRect();
        if (box.top >= list.top && box.bottom <= Math.min(list.bottom, innerHeight))
          return { x: box.left + box.width / 2, y: box.top + 12 };
      }
      return null;
    });
    if (!from) throw new Error('there is no card to drag');
    const targets = await page.evaluate(() =>
      [...document.querySelectorAll('.themes [data-drop]:not(.new)')]
        .map((one) => one.getBoundingClientRect())
        .filter((box) => box.left >= 0 && box.right <= innerWidth && box.top + 60 < innerHeight)
        .map((box) => ({ x: box.left + box.width / 2, y: box.top + 60 })),
    );
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    let at = from;
    for (const target of [...targets, targets[drops % targets.length]]) {
      for (let step = 1; step <= 12; step++)
        await page.mouse.move(at.x + ((target.x - at.x) * step) / 12, at.y + ((target.y - at.y) * step) / 12);
      at = target;
    }
    if (picture && drops === 1) await page.screenshot({ path: picture });
    await page.mouse.up();
    drops++;
    await page.waitForTimeout(120);
  }
  return drops;
}
