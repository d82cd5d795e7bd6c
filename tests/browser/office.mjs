// The review's people in a real browser: who they are, what their screens look like, how much their hands do.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { password, root, Server } from '../support/server.mjs';
import { request } from '../trials/http.mjs';
import { uuidv7 } from '../trials/random.mjs';
import { audit } from './audit.mjs';
import { chromiumFlags } from './chromium.mjs';
import { emptyBoards, Seat } from './room.mjs';

export const phone = { width: 360, height: 740 };
export const laptop = { width: 1366, height: 768 };
export const words = (ar, fr) => ({ ar, fr });

/** The page's own: what it generates types with reads the same schemas. */
const { Ajv } = createRequire(join(root, 'client-web/package.json'))('ajv');

export class Office {
  faults = [];
  complaints = [];
  screens = 0;

  /** `pictures`: a folder for them. */
  static async of(server, { pictures } = {}) {
    const office = new Office();
    office.server = server;
    office.pictures = pictures;
    office.where = { host: '127.0.0.1', port: server.port };
    office.browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
    return office;
  }
  close() {
    return this.browser.close();
  }

  /** A page of somebody who is signed in, or of nobody, in a language and a colour scheme. */
  async open(
    path,
    { cookie, viewport = laptop, language = 'ar', colorScheme = 'light', javaScriptEnabled = true } = {},
  ) {
    const localStorage = [{ name: 'warsha.language', value: language }];
    const storageState = { cookies: [], origins: [{ origin: this.server.url, localStorage }] };
    const context = await this.browser.newContext({
      viewport,
      colorScheme,
      storageState,
      javaScriptEnabled,
      locale: 'ar-MA',
    });
    context.setDefaultTimeout(60_000); // machines that run tests are busy, and the first advice learns
    if (cookie) {
      const [name, value] = cookie.split(';')[0].split('=');
      await context.addCookies([{ name, value, url: this.server.url }]);
    }
    const opened = await context.newPage();
    opened.on('pageerror', (error) => this.complaints.push(error.message));
    await opened.goto(`${this.server.url}${path}`);
    return opened;
  }

  async signIn(name) {
    const { cookie } = await request(this.where, 'POST', '/api/session', {
      body: { email: `${name}@example.org`, password },
    });
    return cookie;
  }

  /** What the screen looks like, and whether everybody can use it. */
  async look(opened, name) {
    this.screens++;
    const found = await audit(opened);
    this.faults.push(...found.map((fault) => `${name}: ${fault}`));
    const wide = await opened.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) this.faults.push(`${name}: ${wide} px wider than the screen`);
    await this.picture(opened, name);
  }
  async picture(opened, name) {
    if (!this.pictures) return;
    // The beginning of a long list shows how the rest of it looks.
    const height = await opened.evaluate(() => Math.min(document.documentElement.scrollHeight, 2000));
    const { width } = opened.viewportSize();
    const clip = { x: 0, y: 0, width, height };
    await opened.screenshot({ path: join(this.pictures, `${name}.png`), fullPage: true, clip });
  }
  /** The pages that are open, when something went wrong. */
  async picturesOfAll() {
    const pages = this.browser.contexts().flatMap((context) => context.pages());
    for (const [n, opened] of pages.entries()) await this.picture(opened, `failed-${n}`);
  }
  /** The same screen on a phone and in the dark; it is left as it was. */
  async lookAllOver(opened, name) {
    await this.look(opened, `${name}-1366`);
    await opened.setViewportSize(phone);
    await this.look(opened, `${name}-360`);
    await opened.setViewportSize(laptop);
    await opened.emulateMedia({ colorScheme: 'dark' });
    await this.look(opened, `${name}-dark-1366`);
    await opened.emulateMedia({ colorScheme: 'light' });
  }

  /** The public record of a consultation; it keeps to its schema, or throws. */
  async record(consultation) {
    const record = await this.get(`/api/consultations/${consultation}/record`);
    const keeps = new Ajv({ strict: false, formats: { date: true } }).compile(await this.get('/schemas/exports/record.schema.json'));
    if (!keeps(record)) throw new Error(`the record and its schema: ${JSON.stringify(keeps.errors)}`);
    return record;
  }
  async get(path, cookie) {
    const answer = await request(this.where, 'GET', path, { cookie, timeoutMs: 60_000 }); // the first advice learns
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }
  /** One act of the review; gives its id, which is that of what it made. */
  async act(cookie, consultation, action, members) {
    const id = uuidv7();
    const answer = await request(this.where, 'POST', `/api/consultations/${consultation}/review`, {
      cookie,
      body: { id, action, ...members },
    });
    if (answer.status !== 200) throw new Error(`${action}: ${answer.status} ${answer.text}`);
    return id;
  }
}

/** Who may be called to a review, as what. */
const roles = {
  steering: ['organiser', ['--all']],
  colleague: ['organiser', ['--all']],
  member: ['committee', ['--all']],
  second: ['committee', ['--all']],
  reviewer: ['reviewer', ['--administration', 'mtnra']],
  approver: ['reviewer', ['--administration', 'mtnra']],
  helper: ['reviewer', ['--administration', 'justice']],
};

/**
 * Begins a walk `[--pictures DIR]` of one empty board and the review of what is said at it: by `steering`, who is signed
 * in as `organiser`, and those of `names`. `wrapper` is a command to start the server through.
 */
export async function begin(names, { server = new Server(), wrapper = [] } = {}) {
  const { values: options } = parseArgs({ options: { pictures: { type: 'string' } } });
  server.prepare(join(root, 'deploy/demonstration/consultation.json'));
  const [workshop] = emptyBoards(server, 1);
  for (const name of ['steering', ...names]) server.addAccount(name, ...roles[name]);
  await server.start({ wrapper });
  const office = await Office.of(server, options);
  const organiser = await office.signIn('steering');
  const { consultations } = await office.get('/api/workshops', organiser);
  const consultation = consultations.find(({ title }) => title === 'سبورات').id;
  const act = (cookie, action, members) => office.act(cookie, consultation, action, members);

  /**
   * Solutions `[title, text, clarity, precision, link]` are said, supported by those of six people that
   * `supporters(people, n)` gives, screened, and made a proposal each. Gives the proposals' ids.
   */
  async function solutionsOf(solutions, supporters) {
    const staff = await Seat.staff(server, workshop);
    await staff.perform({ action: 'phase.enter', phase: 'solutions' });
    const people = [];
    for (let n = 0; n < 6; n++) people.push(await Seat.participant(server, workshop));
    const proposals = [];
    for (const [n, [title, text, clarity, precision, link]] of solutions.entries()) {
      const said = await staff.perform({ action: 'contribute', kind: 'solution', text });
      for (const one of supporters(people, n)) await one.perform({ action: 'support', contribution: said, on: true });
      await act(organiser, 'screen', { contribution: said, clarity, precision, link });
      proposals.push(await act(organiser, 'propose', { title, text, contributions: [said] }));
    }
    return proposals;
  }

  /** Goes through the steps, ends everything, and says `done`, or what was wrong. */
  async function go(steps, done) {
    let failure;
    try {
      for (const step of steps) await step();
    } catch (error) {
      failure = error;
      await office.picturesOfAll().catch(() => {});
    } finally {
      await office.close();
      await server.remove();
    }
    const { faults, complaints } = office;
    for (const fault of [...faults, ...complaints, ...(failure ? [failure.stack] : [])]) console.log(`FAIL ${fault}`);
    if (failure || faults.length > 0 || complaints.length > 0) process.exit(1);
    console.log(`ok   ${done}`);
  }

  return { server, workshop, office, organiser, consultation, act, solutionsOf, go };
}

/** Fills the fields that a selector finds, in their order. */
export async function fill(opened, selector, texts) {
  const fields = opened.locator(selector);
  for (const [index, text] of texts.entries()) await fields.nth(index).fill(text);
}

export const tab = (opened, name) => opened.locator('.tabs .button', { hasText: name }).click();

/** The consultation to work on, where there are several. */
export async function choose(opened, consultation) {
  await opened.locator('.tabs').first().waitFor();
  const select = opened.locator('main > label select');
  if ((await select.count()) === 0) return;
  await select.selectOption(consultation);
  await opened.waitForFunction(
    (title) => document.querySelector('main h2')?.textContent === title,
    await select.locator('option:checked').textContent(),
  );
}

/** What a person's hands do on a page: keys that were pressed (a text that was typed counts once), and clicks. */
export class Hands {
  keys = 0;
  texts = 0;
  clicks = 0;
  began = Date.now();

  constructor(opened) {
    this.opened = opened;
  }
  async press(...keys) {
    for (const key of keys) await this.opened.keyboard.press(key);
    this.keys += keys.length;
  }
  async click(locator) {
    await locator.click();
    this.clicks++;
  }
  async check(locator) {
    await locator.check();
    this.clicks++;
  }
  async choose(locator, option) {
    await locator.selectOption(option);
    this.clicks += 2;
  }
  async write(locator, text) {
    await locator.fill(text);
    this.texts++;
  }
  async writeAll(selector, texts) {
    await fill(this.opened, selector, texts);
    this.texts += texts.length;
  }
  /** In words: "2 clicks, 3 keys, 1 text". */
  get told() {
    const parts = [
      [this.clicks, 'click'],
      [this.keys, 'key'],
      [this.texts, 'text'],
    ];
    return parts
      .filter(([count]) => count > 0)
      .map(([count, name]) => `${count} ${name}${count > 1 ? 's' : ''}`)
      .join(', ');
  }
}
