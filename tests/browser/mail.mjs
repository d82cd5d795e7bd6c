#!/usr/bin/env node
// Following by mail in a real browser: from the receipt page and, without a script, from a public page; the decision in the
// mailbox; the end by one click; how many authors were told. `mail.mjs [--pictures DIR]` also takes pictures.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { MailServer } from '../support/mail-server.mjs';
import { password, root, Server } from '../support/server.mjs';
import { request } from '../trials/http.mjs';
import { uuidv7 } from '../trials/random.mjs';
import { audit } from './audit.mjs';
import { chromiumFlags } from './chromium.mjs';
import { emptyBoards, Seat } from './room.mjs';

const { values: options } = parseArgs({ options: { pictures: { type: 'string' } } });
const phone = { width: 360, height: 740 };
const laptop = { width: 1366, height: 768 };

const mailServer = new MailServer();
const mailPort = await mailServer.listen();
const server = new Server();
server.prepare(join(root, 'deploy/demonstration/consultation.json'));
const [workshop] = emptyBoards(server, 1);
server.addAccount('steering', 'organiser', ['--all']);
await server.start({
  options: ['--mail-server', `smtp://127.0.0.1:${mailPort}`, '--mail-from', 'warsha@example.org'],
});
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
const where = { host: '127.0.0.1', port: server.port };
const faults = [];
const complaints = [];

function check(condition, message) {
  if (!condition) throw new Error(message);
}
async function open(path, { cookie, viewport = laptop, language = 'ar', colorScheme = 'light', script = true } = {}) {
  const storageState = {
    cookies: [],
    origins: [{ origin: server.url, localStorage: [{ name: 'warsha.language', value: language }] }],
  };
  const context = await browser.newContext({
    ...{ viewport, colorScheme, storageState, locale: 'ar-MA', javaScriptEnabled: script },
  });
  context.setDefaultTimeout(30_000); // machines that run tests are busy
  if (cookie) {
    const [name, value] = cookie.split(';')[0].split('=');
    await context.addCookies([{ name, value, url: server.url }]);
  }
  const opened = await context.newPage();
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4/.test(message.text())) complaints.push(message.text());
  });
  await opened.goto(`${server.url}${path}`);
  return opened;
}
async function look(opened, name, audited = true) {
  if (audited) {
    const found = await audit(opened);
    faults.push(...found.map((fault) => `${name}: ${fault}`));
    const wide = await opened.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) faults.push(`${name}: ${wide} px wider than the screen`);
  }
  if (options.pictures) await opened.screenshot({ path: join(options.pictures, `${name}.png`), fullPage: true });
}
const pathOf = (mail, what) => new RegExp(`/${what}/\\S+`).exec(mail.text)[0];

async function everything() {
  const staff = await Seat.staff(server, workshop);
  await staff.perform({ action: 'phase.enter', phase: 'solutions' });
  const author = await Seat.participant(server, workshop);
  const said = await author.say('نشر محاضر دورات المجلس الجماعي على موقع الجماعة');
  const other = await author.say('بث دورات المجلس مباشرة على الإنترنت');
  const { cookie: organiser } = await request(where, 'POST', '/api/session', {
    body: { email: 'steering@example.org', password },
  });
  const overview = await request(where, 'GET', '/api/workshops', { cookie: organiser });
  const consultation = overview.json.consultations.find(({ title }) => title === 'سبورات').id;
  const act = async (action, members) => {
    const id = uuidv7();
    const answer = await request(where, 'POST', `/api/consultations/${consultation}/review`, {
      cookie: organiser,
      body: { id, action, ...members },
    });
    check(answer.status === 200, `${action}: ${answer.status} ${answer.text}`);
    return id;
  };

  // --- The author, on the phone that wrote it ----------------------------------------------------------------
  const receipt = await open(`/receipt/${said.receipt}`, { cookie: author.cookie, viewport: phone });
  await receipt.locator('#address').waitFor();
  await look(receipt, 'receipt-follow-360-ar');
  await receipt.locator('#address').fill('amina');
  await receipt.locator('#address').press('Enter');
  await receipt.locator('#address-error').waitFor();
  check((await receipt.locator('#address').inputValue()) === 'amina', 'what was typed is gone');
  await look(receipt, 'receipt-follow-wrong-360-ar');
  await receipt.locator('#address').fill('amina@example.org');
  await receipt.locator('#address').press('Enter');
  await receipt.locator('.asked').waitFor();
  await look(receipt, 'receipt-follow-asked-360-ar');
  const asked = await mailServer.mail(1);
  check(asked.to === 'amina@example.org', `it went to ${asked.to}`);
  const confirming = await open(pathOf(asked, 'confirm'), { viewport: phone, script: false });
  await look(confirming, 'confirm-360-ar', false);
  await confirming.locator('main button[type=submit]').click();
  await confirming.locator('h1', { hasText: 'تم التأكيد' }).waitFor();
  await look(confirming, 'confirmed-360-ar', false);

  // --- A reader of a public page, without a script ---------------------------------------------------------------
  const proposal = await act('propose', {
    title: 'نشر محاضر دورات المجلس',
    text: 'تنشر محاضر دورات المجلس في أجل خمسة عشر يوما بعد كل دورة',
    contributions: [other.id],
  });
  for (const [language, viewport, colorScheme] of [
    ['ar', phone, 'light'],
    ['ar', phone, 'dark'],
    ['fr', laptop, 'light'],
  ]) {
    const page = await open(`/proposals/${proposal}?language=${language}`, { viewport, colorScheme });
    await page.locator('.follow').scrollIntoViewIfNeeded();
    await look(page, `proposal-follow-${viewport.width}-${language}-${colorScheme}`);
  }
  const reader = await open(`/proposals/${proposal}?language=fr`, { script: false });
  // Past the browser's own check of the field: what the server says of it.
  const wrong = await open(`/proposals/${proposal}?language=fr`);
  await wrong.locator('.follow input[type=email]').evaluate((input) => (input.type = 'text'));
  await wrong.locator('.follow input[name=address]').fill('nobody');
  await wrong.locator('.follow button').click();
  await wrong.locator('#follow-wrong').waitFor();
  await look(wrong, 'follow-wrong-1366-fr');
  await reader.locator('.follow input[name=address]').fill('reader@example.org');
  await reader.locator('.follow button').click();
  await reader.locator('h1', { hasText: 'Il reste à confirmer' }).waitFor();
  await look(reader, 'asked-1366-fr', false);
  const readers = await mailServer.mail(2);
  const confirmed = await open(pathOf(readers, 'confirm'), { language: 'fr' });
  await look(confirmed, 'confirm-1366-fr');
  await confirmed.locator('main button[type=submit]').click();
  await confirmed.locator('h1', { hasText: 'C’est confirmé' }).waitFor();
  await look(confirmed, 'confirmed-1366-fr');

  // --- Decisions, in the mailbox ---------------------------------------------------------------------------------
  await act('refuse', {
    contribution: said.id,
    reason: 'out_of_scope',
    words: { ar: 'تبسيط الميزانية من اختصاص جهة أخرى', fr: 'La simplification relève d’une autre démarche' },
  });
  const decision = await mailServer.mail(3);
  check(decision.text.includes('تبسيط الميزانية من اختصاص جهة أخرى'), 'the words are missing');
  await act('route', { proposal, lead: 'mtnra' });
  const routed = await mailServer.mail(4);
  check(routed.subject.startsWith('Transmise à l’administration'), routed.subject);
  if (options.pictures)
    for (const [name, mail] of [
      ['mail-decision', decision],
      ['mail-confirm', asked],
      ['mail-routed', routed],
    ]) {
      writeFileSync(join(options.pictures, `${name}.txt`), `${mail.raw.split('\r\n\r\n')[0]}\n\n${mail.subject}\n\n${mail.text}`);
      const shown = await (await browser.newContext({ viewport: phone })).newPage();
      await shown.setContent(mail.html);
      await shown.screenshot({ path: join(options.pictures, `${name}.png`), fullPage: true });
    }

  // --- How many were told -----------------------------------------------------------------------------------------
  for (const [viewport, language, colorScheme] of [
    [laptop, 'ar', 'light'],
    [phone, 'ar', 'dark'],
    [laptop, 'fr', 'light'],
  ]) {
    const review = await open('/review', { cookie: organiser, viewport, language, colorScheme });
    await review.locator('.tabs').waitFor();
    await review.locator('main > label select').selectOption(consultation);
    const words = { ar: 'إخبار أصحاب المساهمات', fr: 'Auteurs informés' }[language];
    await review.locator('.tabs button', { hasText: words }).click();
    await review.locator('#told').waitFor();
    await review.locator('tfoot td', { hasText: '1' }).waitFor();
    check((await review.locator('tbody tr').first().locator('td').textContent()) === '1', 'not told by mail');
    await look(review, `told-${viewport.width}-${language}-${colorScheme}`);
  }

  // --- The end ------------------------------------------------------------------------------------------------------
  const stopping = await open(pathOf(decision, 'unsubscribe'), { viewport: phone });
  await look(stopping, 'stop-360-ar');
  await stopping.locator('main button[type=submit]').first().click();
  await stopping.locator('h1', { hasText: 'أُوقف التتبّع' }).waitFor();
  await look(stopping, 'stopped-360-ar');
}

let failure;
try {
  await everything();
} catch (error) {
  failure = error;
} finally {
  await browser.close();
  await server.remove();
  mailServer.close();
}
for (const fault of [...faults, ...complaints, ...(failure ? [failure.stack] : [])]) console.log(`FAIL ${fault}`);
if (failure || faults.length > 0 || complaints.length > 0) process.exit(1);
console.log('ok   an author and a reader follow by mail, are told, and stop');
