// What was said, on its way to a public answer.
import { check, context, enter, facilitate, joinRoom, journey, page, phone, server, signedIn, workshops, write } from '../setting.mjs';

await journey('a solution goes from a phone to a public answer', async () => {
  const workshop = workshops[1];
  const staff = await facilitate(workshop);
  await enter(staff, 'solutions');
  const participant = await joinRoom(await context(phone), workshop);
  await write(participant, 'نشر محاضر دورات المجلس على موقعه');
  await participant.click('#tab-mine');
  const receipt = await participant.locator('code').first().textContent();
  const organiser = await signedIn('organiser', '/review');
  await organiser.locator('li.card .primary').first().click();
  await organiser.locator('li.card form button[type=submit]').click();
  await organiser.locator('.tabs button').nth(1).click();
  await organiser.locator('li.card > button').first().click();
  await organiser.locator('.routing select').waitFor();
  await organiser.locator('.routing select').selectOption('mtnra');
  await organiser.locator('.routing .primary').click();
  const reviewer = await signedIn('reviewer', '/review');
  await reviewer.locator('li.card button.primary').first().click();
  await reviewer.locator('textarea').nth(0).fill('ستنشر المحاضر ابتداء من السنة المقبلة');
  await reviewer.locator('textarea').nth(1).fill('Les procès-verbaux seront publiés l’an prochain');
  await reviewer.locator('li.card form button[type=submit]').click();
  await reviewer.locator('li.card blockquote').waitFor();
  const approver = await signedIn('approver', '/review');
  await approver.locator('li.card button.primary').first().click();
  await approver.getByRole('button', { name: 'أُجيب عنها' }).click();
  await approver.locator('li.card.answered').waitFor();
  const anybody = await page(await context(phone));
  await anybody.goto(`${server.url}/receipt/${receipt}`);
  await anybody.getByText('ستنشر المحاضر ابتداء من السنة المقبلة').waitFor();
  // The public pages need no script.
  const reader = await page(await context({ ...phone, javaScriptEnabled: false }));
  await reader.goto(`${server.url}/proposals?language=fr`);
  await reader.click('form.filter summary');
  await reader.selectOption('select[name=state]', 'answered');
  await reader.click('form.filter button[type=submit]');
  await reader.locator('li.card.answered h2 a').first().click();
  await reader.getByText('Les procès-verbaux seront publiés l’an prochain').waitFor();
  check((await reader.locator('.way .step.done').count()) === 3, 'the way to the answer is not done');
  await reader.locator('.said a').first().click();
  await reader.getByText('Les procès-verbaux seront publiés l’an prochain').waitFor();
  check((await reader.locator('html').getAttribute('dir')) === 'ltr', 'French is not from left to right');
  await reader.click('.languages a[lang=ar]');
  await reader.getByText('ستنشر المحاضر ابتداء من السنة المقبلة').waitFor();
  const feed = await (await fetch(`${server.url}/proposals.atom?language=fr`)).text();
  check(feed.includes('Les procès-verbaux seront publiés'), 'the feed does not tell the answer');
});
