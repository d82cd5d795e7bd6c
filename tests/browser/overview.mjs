// The overview of all workshops, as an organiser comes to it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { password, root } from '../support/server.mjs';
import { context, laptop, page, server } from './setting.mjs';

const demonstration = JSON.parse(readFileSync(join(root, 'deploy/demonstration/consultation.json'), 'utf8'));

/** The page over all workshops of a consultation, the demonstration, by the way an organiser finds it. */
export async function watchAll(options = laptop, title = demonstration.title) {
  const opened = await page(await context(options));
  await opened.goto(`${server.url}/console`);
  await opened.fill('#email', 'organiser@example.org');
  await opened.fill('#password', password);
  await opened.click('button[type=submit]');
  const consultation = opened.locator('section', { hasText: title, has: opened.locator('a[href*="overview="]') });
  await consultation.locator('a[href*="overview="]').first().click();
  await opened.waitForSelector('article');
  return opened;
}

/** The card of one workshop there. */
export const cardOf = (opened, workshop) => opened.locator('article', { has: opened.locator(`#title-${workshop.id}`) });
