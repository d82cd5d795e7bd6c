import { expect, test } from 'vitest';
import { OneId, typedIn } from '../../../../client-web/src/console/panels/typed.svelte';

test('a command that is sent again before its answer keeps its id', () => {
  const ids = new OneId();
  const first = ids.of({ action: 'contribute', text: 'نص' });
  expect(ids.of({ action: 'contribute', text: 'نص' })).toBe(first);
});

test('other words, and the same words once they were kept, are another command', () => {
  const ids = new OneId();
  const first = ids.of({ action: 'contribute', text: 'نص' });
  const other = ids.of({ action: 'contribute', text: 'نص آخر' });
  expect(other).not.toBe(first);
  ids.forget();
  expect(ids.of({ action: 'contribute', text: 'نص آخر' })).not.toBe(other);
});

test('what is typed in one workshop is there when its panel is opened again, and in no other workshop', () => {
  typedIn('one').proxy.text = 'قيلت في القاعة';
  expect(typedIn('one').proxy.text).toBe('قيلت في القاعة');
  expect(typedIn('two').proxy.text).toBe('');
});
