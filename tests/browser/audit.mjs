// Whether everybody can use a screen, as far as axe finds it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/server.mjs';

const axeSource = readFileSync(join(root, 'tests/browser/node_modules/axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with a page that has come to rest. `strong`: its text has the contrast of WCAG's AAA. */
export async function audit(opened, { strong = false } = {}) {
  // A colour that is still moving has no contrast to measure; what moves without an end is not waited for.
  await opened.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });
  await opened.evaluate(axeSource);
  return opened.evaluate(
    ([runOnly, enabled]) =>
      globalThis.axe
        .run(document, { runOnly, rules: { 'color-contrast-enhanced': { enabled } } })
        .then((result) => result.violations.map((one) => `${one.id} ${one.nodes.map((node) => node.target).join(' ')}`)),
    [rules, strong],
  );
}
