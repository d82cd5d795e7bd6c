// A page as somebody opens it, and what is wrong with it: for the journeys that stand in files of their own.
import { join } from 'node:path';
import { audit } from './audit.mjs';

export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };
export const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true };
export const laptop = { viewport: { width: 1366, height: 768 } };
export const projector = { viewport: { width: 1920, height: 1080 } };

/** Long, since machines that run tests are busy. */
export const patienceMs = 30_000;

export function check(condition, message) {
  if (!condition) throw new Error(message);
}

/** Pages of one browser. What they complain of is gathered in `faults`. */
export class Looking {
  faults = [];
  screens = 0;

  /** pictures: the folder that screens are put into, if any. */
  constructor(browser, server, pictures) {
    Object.assign(this, { browser, server, pictures });
  }

  /** A page of somebody who holds this cookie, or of nobody yet; `reading`: how they chose to read. */
  async open(path, { cookie, language = 'ar', reading, ...options } = {}) {
    const localStorage = [{ name: 'warsha.language', value: language }];
    if (reading) localStorage.push({ name: 'warsha.reading', value: JSON.stringify(reading) });
    const origins = [{ origin: this.server.url, localStorage }];
    const context = await this.browser.newContext({
      locale: 'ar-MA',
      ...laptop,
      ...options,
      storageState: { cookies: [], origins },
    });
    context.setDefaultTimeout(patienceMs);
    if (cookie) {
      const [name, value] = cookie.split(';')[0].split('=');
      await context.addCookies([{ name, value, url: this.server.url }]);
    }
    const opened = await context.newPage();
    opened.on('pageerror', (error) => this.faults.push(`${path}: ${error.message}`));
    await opened.goto(`${this.server.url}${path}`);
    return opened;
  }

  /** Whether everybody can use the screen, and what it looks like. `strong`: its text has the contrast of WCAG's AAA. */
  async look(opened, name, { whole = true, strong = false } = {}) {
    const found = await audit(opened, { strong });
    this.faults.push(...found.map((fault) => `${name}: ${fault}`));
    const wide = await opened.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) this.faults.push(`${name}: ${wide} px wider than the screen`);
    this.screens++;
    if (this.pictures)
      await opened.screenshot({ path: join(this.pictures, `${name}.png`), fullPage: whole });
  }
}
