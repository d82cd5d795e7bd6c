// Every screen before axe: three languages, light and dark.
import { join } from 'node:path';
import { password, replay, root } from '../../support/server.mjs';
import { audit } from '../audit.mjs';
import { watchAll } from '../overview.mjs';
import { check, context, journey, laptop, page, phone, server, workshops } from '../setting.mjs';

await journey('no screen has an accessibility fault, in three languages, light and dark', async () => {
  const [, workshop] = workshops;
  const played = await replay(server, join(root, 'deploy/demonstration/consultation.json'), ['--fast']).done;
  check(played.code === 0, played.output);
  const found = [];
  let screens = 0;
  for (const colorScheme of ['light', 'dark'])
    for (const language of ['ar', 'fr', 'en']) {
      const state = { origins: [{ origin: server.url, localStorage: [{ name: 'warsha.language', value: language }] }] };
      const small = await context({ ...phone, colorScheme, storageState: state });
      const large = await context({ ...laptop, colorScheme, storageState: state });
      const look = async (opened, name) => {
        for (const fault of await audit(opened)) found.push(`${name} ${language} ${colorScheme}: ${fault}`);
        screens++;
      };
      const visitor = await page(small);
      await visitor.goto(`${server.url}/`);
      await visitor.waitForSelector(`html[lang=${language}]`);
      await look(visitor, 'join');
      await visitor.goto(`${server.url}/j/${workshop.join_code}`);
      await visitor.waitForSelector('#accept');
      await look(visitor, 'join with code');
      await visitor.check('#accept');
      await visitor.click('button[type=submit]');
      await visitor.waitForURL('**/room/**');
      await visitor.waitForSelector('[role=tablist]');
      for (const tab of await visitor.locator('[role=tab]').evaluateAll((all) => all.map((one) => one.id.slice(4)))) {
        await visitor.click(`#tab-${tab}`);
        await look(visitor, `room ${tab}`);
      }
      await visitor.goto(`${server.url}/receipt`);
      await visitor.waitForSelector('#receipt');
      await look(visitor, 'receipt');
      for (const path of ['proposals', 'consultations', 'commitments', 'administrations', 'proposals/none']) {
        await visitor.goto(`${server.url}/${path}?language=${language}`);
        await look(visitor, path);
      }
      await visitor.goto(`${server.url}/consultations?language=${language}`);
      for (const consultation of await visitor
        .locator('main .cards h2 a')
        .evaluateAll((all) => all.map((one) => one.href))) {
        await visitor.goto(consultation);
        await look(visitor, 'consultation');
        await visitor.goto(consultation.replace('?', '/scores?'));
        await look(visitor, 'scores');
        await visitor.goto(consultation);
        if ((await visitor.locator('.said a').count()) === 0) continue;
        await visitor.locator('.said a').first().click();
        await look(visitor, 'contribution');
      }
      const staff = await page(large);
      await staff.goto(`${server.url}/console`);
      await staff.waitForSelector('#email');
      await look(staff, 'sign in');
      await staff.fill('#email', 'facilitator@example.org');
      await staff.fill('#password', password);
      await staff.click('button[type=submit]');
      await staff.waitForSelector('h3');
      await look(staff, 'workshops');
      await staff.goto(`${server.url}/console/${workshop.id}`);
      await staff.waitForSelector('.dot.live');
      await look(staff, 'console');
      const panels = staff.locator('nav button[aria-controls=panel]');
      for (let i = 0; i < (await panels.count()); i++) {
        await panels.nth(i).click();
        await staff.waitForSelector('#panel :is(p, button, input):visible');
        await staff.waitForTimeout(200);
        await look(staff, `console, panel ${i + 1}`);
      }
      await staff.locator('.links button[aria-pressed]').click();
      await staff.frameLocator('iframe[src*="preview="]').locator('[role=tablist]').waitFor();
      await look(staff, 'preview');
      for (const [options, size] of [
        [phone, 'phone'],
        [laptop, 'laptop'],
      ]) {
        const organiser = await watchAll({ ...options, colorScheme, storageState: state });
        await organiser.waitForSelector(`html[lang=${language}]`);
        await look(organiser, `overview, ${size}`);
        await organiser.locator('.tools > .primary').click();
        await look(organiser, `message, ${size}`);
      }
      await staff.goto(`${server.url}/screen/${workshop.id}`);
      await staff.waitForSelector('aside img');
      await look(staff, 'projector');
    }
  check(found.length === 0, found.join('\n       '));
  return `${screens} screens`;
});
