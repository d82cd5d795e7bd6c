import { expect, test } from 'vitest';
import { handingIn } from '../../../../client-web/src/console/panels/hand-in';

const action = 'draft.hand_in';

test.each([
  ['what the table expects is left as the table wrote it', 'قائمة منشورة', 'شيء آخر', { action, draft: 'd' }],
  ['what the table left open is told for it', undefined, ' قائمة ', { action, draft: 'd', result: 'قائمة' }],
  ['an empty line of the table counts as left open', '', 'قائمة', { action, draft: 'd', result: 'قائمة' }],
  ['nothing typed is no expected result', undefined, '  ', { action, draft: 'd' }],
])('%s', (_name, expected, typed, command) => expect(handingIn('d', expected, typed)).toEqual(command));
