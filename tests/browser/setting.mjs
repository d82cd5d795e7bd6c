// One real server and one real browser for all journeys, and what every journey does with them.
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { password, root, Server } from '../support/server.mjs';
import { audit } from './audit.mjs';
import { chromiumFlags } from './chromium.mjs';
import { emptyBoards } from './room.mjs';

export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, locale: 'ar-MA' };
export const laptop = { viewport: { width: 1366, height: 768 }, locale: 'ar-MA' };
export const projector = { viewport: { width: 1920, height: 1080 }, locale: 'ar-MA' };
/** Long, since machines that run tests are busy: what must be quick is measured where it matters. */
const patienceMs = 30_000;

export const server = new Server();
export const { workshops } = server.prepare(join(root, 'deploy/demonstration/consultation.json'));
/** Workshops that nobody has been in: one for each journey that needs a board of its own. */
export const boards = emptyBoards(server, 32);
await server.start();
for (const name of ['reviewer', 'approver']) server.addAccount(name, 'reviewer', ['--administration', 'mtnra']);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });

const wanted = process.argv[2] ?? '';
let passed = 0;
let failed = 0;
let contexts = [];
let complaints = [];

export function check(condition, message) {
  if (!condition) throw new Error(message);
}

export async function context(options) {
  const made = await browser.newContext(options);
  made.setDefaultTimeout(patienceMs);
  contexts.push(made);
  return made;
}

/** A page whose errors count: a strict policy that blocks something says so in the console. */
export async function page(made) {
  const opened = await made.newPage();
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (message) => {
    const text = message.text();
    // What the browser itself says of a connection that is down, or of a problem document, is no fault of the page.
    if (message.type() === 'error' && !/WebSocket connection|ERR_|status of 4|status of 5/.test(text)) complaints.push(text);
  });
  return opened;
}

export async function journey(name, run) {
  if (!name.includes(wanted)) return;
  complaints = [];
  try {
    const figure = await run();
    check(complaints.length === 0, `the page complained: ${complaints.join(' | ')}`);
    console.log(`ok   ${name}${figure ? ` (${figure})` : ''}`);
    passed++;
  } catch (error) {
    console.log(`FAIL ${name}: ${error.message}`);
    failed++;
  } finally {
    await Promise.all(contexts.map((made) => made.close()));
    contexts = [];
  }
}

export async function joinRoom(made, workshop, { name } = {}) {
  const opened = await page(made);
  await opened.goto(`${server.url}/j/${workshop.join_code}`);
  await opened.waitForSelector('#accept');
  if (name) {
    await opened.locator('input[name=named]').nth(1).check();
    await opened.fill('#name', name);
  }
  await opened.check('#accept');
  await opened.click('button[type=submit]');
  await opened.waitForURL('**/room/**');
  await opened.waitForSelector('[role=tablist]');
  return opened;
}

export async function facilitate(workshop, email = 'facilitator@example.org') {
  const made = await context(laptop);
  const opened = await page(made);
  await opened.goto(`${server.url}/console/${workshop.id}`);
  await opened.fill('#email', email);
  await opened.fill('#password', password);
  await opened.click('button[type=submit]');
  await opened.waitForSelector('ol button[aria-current=step]');
  await opened.waitForSelector('.dot.live');
  return opened;
}

const phases = ['introduction', 'problems', 'grouping', 'solutions', 'plenary', 'closed'];
export async function enter(console_, phase) {
  const step = console_.locator('ol button').nth(phases.indexOf(phase));
  if ((await step.getAttribute('aria-current')) === 'step') return;
  await step.click();
  const dialog = console_.locator('dialog[open] .primary');
  if (await dialog.isVisible()) await dialog.click();
  await console_.waitForFunction(
    (index) => document.querySelectorAll('ol button')[index]?.getAttribute('aria-current') === 'step',
    phases.indexOf(phase),
  );
}

/** Sends it; the box is empty when the words are safe on the device: until then it takes no second press. */
export async function write(opened, text) {
  await opened.click('#tab-write');
  await opened.fill('#text', text);
  await opened.click('#panel-write button[type=submit]');
  await opened.waitForFunction(() => !document.querySelector('#text')?.value);
}

/** Time from a click to the words' appearance elsewhere, in ms, as the pages see it. */
export async function timeUntilSeen(there, text, act) {
  const seen = there.evaluate(
    (words) =>
      new Promise((resolve) => {
        const look = () => document.body.textContent.includes(words) && (observer.disconnect(), resolve(Date.now()));
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      }),
    text,
  );
  const began = await act();
  return (await seen) - began;
}

export const clickTimed = (opened, selector) =>
  opened.evaluate((wanted) => {
    const began = Date.now();
    document.querySelector(wanted).click();
    return began;
  }, selector);

export async function signedIn(name, path) {
  const opened = await page(await context(laptop));
  await opened.goto(`${server.url}/console`);
  await opened.fill('#email', `${name}@example.org`);
  await opened.fill('#password', password);
  await opened.click('button[type=submit]');
  await opened.waitForSelector('#email', { state: 'detached' });
  await opened.goto(`${server.url}${path}`);
  return opened;
}

/** What opens over the board has no accessibility fault either. */
export async function fair(console_, what) {
  const found = await audit(console_);
  check(found.length === 0, `${what}: ${found.join(', ')}`);
}

/** Ends everything; how many journeys passed and failed. */
export async function finish() {
  await browser.close();
  await server.remove();
  return { passed, failed };
}
