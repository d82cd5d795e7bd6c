#!/usr/bin/env node
// A written consultation in a real browser: begun and steered on the console, written to without a script on a phone and
// with one on a laptop, read by the organiser, ended, public. `written.mjs [--pictures DIR]` also takes pictures.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { password, root, Server } from '../support/server.mjs';
import { audit } from './audit.mjs';
import { chromiumFlags } from './chromium.mjs';

const { values: options } = parseArgs({ options: { pictures: { type: 'string' } } });
const phone = { width: 360, height: 740 };
const laptop = { width: 1366, height: 768 };

const server = new Server();
server.prepare(join(root, 'deploy/demonstration/consultation.json'));
await server.start();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
const faults = [];
const complaints = [];

function check(condition, message) {
  if (!condition) throw new Error(message);
}
async function open(path, { viewport = laptop, language = 'ar', colorScheme = 'light', script = true } = {}) {
  const storageState = {
    cookies: [],
    origins: [{ origin: server.url, localStorage: [{ name: 'warsha.language', value: language }] }],
  };
  const context = await browser.newContext({ viewport, colorScheme, storageState, javaScriptEnabled: script });
  context.setDefaultTimeout(60_000); // machines that run tests are busy
  const opened = await context.newPage();
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4|ERR_/.test(message.text())) complaints.push(message.text());
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

async function everything() {
  // --- The organiser begins it --------------------------------------------------------------------------------
  const staff = await open('/console');
  await staff.fill('#email', 'organiser@example.org');
  await staff.fill('#password', password);
  await staff.click('button[type=submit]');
  await staff.getByRole('button', { name: 'استشارة كتابية جديدة' }).first().click();
  const form = staff.locator('form.card');
  await form.getByLabel('الموضوع').fill('الخدمات الرقمية: ساهموا كتابة');
  await form.getByLabel('السؤال المطروح على الجميع').fill('ما الذي يعيق ولوجكم إلى الخدمات العمومية؟');
  await look(staff, 'begin-1366-ar');
  await form.locator('.primary').click();
  await staff.locator('.stage.open').waitFor();
  await look(staff, 'console-empty-1366-ar');
  const address = new URL(await staff.locator('a.address').getAttribute('href')).pathname;

  // --- Somebody writes on an old phone, without a script -------------------------------------------------------
  const plain = await open(`${address}?language=ar`, { viewport: phone, script: false });
  await look(plain, 'form-360-ar', false);
  const long = 'أ'.repeat(501);
  await plain.fill('#problem', 'مواعيد الشباك لا تناسب من يشتغل');
  await plain.fill('#solution', long);
  await plain.click('button[type=submit]');
  await plain.locator('#solution-wrong').waitFor();
  check((await plain.inputValue('#problem')) === 'مواعيد الشباك لا تناسب من يشتغل', 'the problem is gone');
  check((await plain.inputValue('#solution')) === long, 'the solution is gone');
  await look(plain, 'form-wrong-360-ar', false);
  await plain.fill('#solution', 'فتح الشباك يوم السبت\nصباحا');
  await plain.click('button[type=submit]');
  await plain.locator('.receipt').nth(1).waitFor();
  await look(plain, 'kept-360-ar', false);
  await plain.locator('.links .primary').click();
  await plain.locator('textarea').first().waitFor();
  check((await plain.inputValue('#problem')) === '', 'the next form has the words of the last');

  // --- Somebody else on a laptop, with a bad connection --------------------------------------------------------
  const written = await open(`${address}?language=fr`, { language: 'fr' });
  await look(written, 'form-1366-fr');
  await written.fill('#solution', 'Publier les délais de chaque démarche');
  await written.fill('#result', 'Moins de déplacements');
  await written.reload();
  check((await written.inputValue('#solution')) === 'Publier les délais de chaque démarche', 'a reload lost the words');
  check((await written.locator('#solution-left').textContent()).startsWith('37'), 'the letters are not counted');
  await written.context().setOffline(true);
  await written.click('button[type=submit]');
  await written.locator('#offline').waitFor();
  await look(written, 'form-offline-1366-fr');
  await written.context().setOffline(false);
  await written.locator('#offline').waitFor({ state: 'hidden' });
  await written.click('button[type=submit]');
  await written.locator('.receipt').nth(1).waitFor();
  await look(written, 'kept-1366-fr');
  check(await written.evaluate(() => localStorage.length <= 1), 'what was sent stays on the device');
  await written.goBack();
  await written.reload();
  check((await written.inputValue('#solution')) === '', 'what was sent is offered again');

  const dark = await open(`${address}?language=ar`, { viewport: phone, colorScheme: 'dark' });
  await look(dark, 'form-360-ar-dark');
  const english = await open(`${address}?language=en`, { language: 'en' });
  await look(english, 'form-1366-en');

  // --- The organiser reads it, and ends it ---------------------------------------------------------------------
  await staff.locator('[data-waiting]').nth(3).waitFor();
  check(await staff.getByRole('button', { name: 'إنهاء الاستشارة' }).isDisabled(), 'ended with unread contributions');
  await look(staff, 'console-queue-1366-ar');
  for (let left = 4; left > 0; left--) {
    await staff.locator('[data-waiting] .primary').first().click();
    await staff.waitForFunction((n) => document.querySelectorAll('[data-waiting]').length < n, left);
  }
  await staff.getByRole('button', { name: 'إنهاء الاستشارة' }).click();
  await staff.locator('dialog[open] .primary').click();
  await staff.locator('#closed-title').waitFor();
  await look(staff, 'console-ended-1366-ar');

  const over = await open(`${address}?language=ar`, { viewport: phone });
  check((await over.locator('textarea').count()) === 0, 'the form is there after the end');
  await look(over, 'over-360-ar');
  const back = await over.locator('main .hint a').first().getAttribute('href');
  // A public record may be some seconds behind.
  for (let tries = 0; tries < 30; tries++) {
    await over.goto(`${server.url}${back}`);
    if ((await over.locator('main').textContent()).includes('فتح الشباك يوم السبت')) break;
    await over.waitForTimeout(1_000);
  }
  check((await over.locator('main').textContent()).includes('فتح الشباك يوم السبت'), 'it is not on the public page');
  await look(over, 'public-360-ar');
}

let failure;
try {
  await everything();
} catch (error) {
  failure = error;
} finally {
  await browser.close();
  await server.remove();
}
for (const fault of [...faults, ...complaints, ...(failure ? [failure.stack] : [])]) console.log(`FAIL ${fault}`);
if (failure || faults.length > 0 || complaints.length > 0) process.exit(1);
console.log('ok   a written consultation is begun, written to with and without a script, read, ended and public');
