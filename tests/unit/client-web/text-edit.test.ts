import { describe, expect, test } from 'vitest';
import type { TextEdit } from '../../../client-web/src/lib/generated/protocol';
import { applyEdit, codePoints } from '../../../client-web/src/lib/live/text-edit';

describe('an edit', () => {
  test.each<[string, TextEdit, string]>([
    ['', ['نشر المحاضر'], 'نشر المحاضر'],
    ['نشر', [3, ' المحاضر'], 'نشر المحاضر'],
    ['نشر المحاضر', [{ d: 4 }], 'المحاضر'],
    ['نشر المحاضر', [4, { d: 7 }, 'القرارات'], 'نشر القرارات'],
    ['abc', [1], 'abc'],
  ])('of %j by %j makes %j', (text, edit, after) => expect(applyEdit(text, edit)).toBe(after));

  test('counts code points, not halves of them', () => {
    expect(applyEdit('👍🏽 نعم', [2, '!'])).toBe('👍🏽! نعم');
    expect(applyEdit('👍🏽 نعم', [1, { d: 1 }])).toBe('👍 نعم');
    expect(codePoints('👍🏽')).toBe(2);
  });

  test.each<[TextEdit]>([[[4, 'x']], [[{ d: 4 }]], [[2, { d: 2 }]]])('beyond the end is none: %j', (edit) =>
    expect(applyEdit('abc', edit)).toBeNull(),
  );
});
