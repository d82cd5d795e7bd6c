// The overview of all workshops, as an organiser comes to it.
import { password } from '../support/server.mjs';
import { context, laptop, page, server } from './setting.mjs';

/** The page over all workshops of the demonstration, by the way an organiser finds it. */
export async function watchAll(options = laptop) {
  const opened = await page(await context(options));
  await opened.goto(`${server.url}/console`);
  await opened.fill('#email', 'organiser@example.org');
  await opened.fill('#password', password);
  await opened.click('button[type=submit]');
  await opened.locator('a[href*="overview="]').first().click();
  await opened.waitForSelector('article');
  return opened;
}

/** The card of one workshop there. */
export const cardOf = (opened, workshop) => opened.locator('article', { has: opened.locator(`#title-${workshop.id}`) });
