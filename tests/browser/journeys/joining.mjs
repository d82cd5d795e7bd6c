// Coming in by the page that asks for the code.
import { password } from '../../support/server.mjs';
import { check, context, enter, facilitate, fair, journey, laptop, page, phone, server, workshops } from '../setting.mjs';

await journey('joining and writing by keyboard alone', async () => {
  const [workshop] = workshops;
  const console_ = await facilitate(workshop);
  await enter(console_, 'problems');
  const one = await page(await context(laptop));
  await one.goto(`${server.url}/`);
  const tabTo = async (selector) => {
    for (let i = 0; i < 40; i++) {
      await one.keyboard.press('Tab');
      if (await one.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    }
    throw new Error(`Tab never came to ${selector}`);
  };
  await tabTo('#code');
  await one.keyboard.type(`${workshop.join_code.slice(0, 3)} ${workshop.join_code.slice(3).toLowerCase()}`);
  await one.keyboard.press('Enter');
  await one.waitForSelector('#accept');
  await tabTo('#accept');
  await one.keyboard.press('Space');
  await tabTo('button[type=submit]');
  await one.keyboard.press('Enter');
  await one.waitForURL('**/room/**');
  await one.waitForSelector('#text');
  await tabTo('#text');
  await one.keyboard.type('كُتبت بلوحة المفاتيح');
  await tabTo('#panel-write button[type=submit]');
  await one.keyboard.press('Enter');
  await console_.waitForSelector('text=كُتبت بلوحة المفاتيح');
});

await journey('errors on the join page are said, summed up and take the focus', async () => {
  const one = await page(await context(phone));
  await one.goto(`${server.url}/`);
  await one.click('button[type=submit]');
  await one.waitForSelector('.summary');
  check(await one.evaluate(() => document.activeElement?.classList.contains('summary')), 'the summary has no focus');
  await one.fill('#code', 'ZZZZZZ');
  await one.click('button[type=submit]');
  await one.waitForSelector('text=لا توجد ورشة بهذا الرمز >> nth=0');
});

await journey('a page that nobody chose a language for speaks the browser’s, and the room the one that was asked for', async () => {
  const [workshop] = workshops;
  const french = await page(await context({ ...phone, locale: 'fr-FR' }));
  await french.goto(`${server.url}/j/${workshop.join_code}`);
  await french.waitForSelector('html[lang=fr] #accept');
  await french.check('#accept');
  await french.click('button[type=submit]');
  await french.waitForSelector('html[lang=fr] [role=tablist]');
  const english = await page(await context({ ...phone, locale: 'fr-FR' }));
  await english.goto(`${server.url}/j/${workshop.join_code}?language=en`);
  await english.check('#accept');
  await english.click('button[type=submit]');
  await english.waitForSelector('html[lang=en] [role=tablist]');
  await english.locator('header button[lang=ar]').click();
  await english.reload();
  await english.waitForSelector('html[lang=ar] [role=tablist]');
});

await journey('a projector that nobody signed in says what to do, and opens by itself when it is done', async () => {
  const [workshop] = workshops;
  const made = await context(laptop);
  const screen = await page(made);
  await screen.goto(`${server.url}/screen/${workshop.id}`);
  await screen.waitForSelector('.refused .primary');
  await fair(screen, 'a projector that nobody signed in');
  const [beside] = await Promise.all([made.waitForEvent('page'), screen.click('.refused .primary')]);
  await beside.fill('#email', 'facilitator@example.org');
  await beside.fill('#password', password);
  await beside.click('button[type=submit]');
  await screen.waitForSelector('aside img');
  check((await screen.locator('.refused').count()) === 0, 'it still says to sign in');
  const other = await page(await context(laptop));
  await other.goto(`${server.url}/screen/${workshop.id}`);
  const [joining] = await Promise.all([other.context().waitForEvent('page'), other.click('.refused .button:not(.primary)')]);
  await joining.fill('#code', workshop.join_code);
  await joining.click('button[type=submit]');
  await joining.check('#accept');
  await joining.click('button[type=submit]');
  await other.waitForSelector('aside img');
});
