// Coming in by the page that asks for the code.
import { check, context, enter, facilitate, journey, laptop, page, phone, server, workshops } from '../setting.mjs';

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
