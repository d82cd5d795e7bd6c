import { describe, expect, test } from 'vitest';
import { Problem } from '../../../../client-web/src/lib/http';
import { Once } from '../../../../client-web/src/review/once.svelte';

describe('an act of one place', () => {
  test('is done once however often one clicks', async () => {
    const once = new Once();
    let done = 0;
    let finish = () => {};
    const act = () => {
      done++;
      return new Promise<void>((resolve) => (finish = resolve));
    };
    const first = once.run(act);
    expect(await once.run(act)).toBe(false);
    expect([once.busy, once.failed]).toEqual([true, '']);
    finish();
    expect([await first, done, once.busy]).toEqual([true, 1, false]);
  });

  test('says what went wrong and with what, until the next', async () => {
    const once = new Once();
    expect(await once.run(() => Promise.reject(new Problem('network', 0)), 'one')).toBe(false);
    expect([once.failed !== '', once.about, once.busy]).toEqual([true, 'one', false]);
    expect(await once.run(async () => {}, 'two')).toBe(true);
    expect(once.failed).toBe('');
  });
});
