import { describe, expect, test, vi } from 'vitest';
import * as edits from '../../../../client-web/src/lib/writing/edit';
import {
  BoundTextArea,
  pointsBefore,
  typedEdit,
  unitsBefore,
} from '../../../../client-web/src/lib/writing/text-area';
import { Chance } from './random';

/** What of a text area is used: a value, a selection, events, a document that knows what has the focus. */
class Area extends EventTarget {
  value = '';
  selectionStart = 0;
  selectionEnd = 0;
  selectionDirection = 'none';
  scrollTop = 0;
  ownerDocument = Object.assign(new EventTarget(), {
    activeElement: this as unknown,
  });

  setSelectionRange(start: number, end: number): void {
    [this.selectionStart, this.selectionEnd] = [start, end];
  }
  /** As a keyboard does it: replaces from..to (UTF-16 units), and the caret stands behind. */
  type(from: number, to: number, words: string): void {
    this.value = this.value.slice(0, from) + words + this.value.slice(to);
    this.setSelectionRange(from + words.length, from + words.length);
    this.dispatchEvent(new Event('input'));
  }
}

function bound(text: string) {
  const area = new Area();
  const told: { text: string; edits: edits.TextEdit[]; caret: number | null } = {
    text,
    edits: [],
    caret: null,
  };
  const binding = new BoundTextArea(area as unknown as HTMLTextAreaElement, text, {
    typed(edit) {
      told.edits.push(edit);
      told.text = edits.apply(told.text, edit);
    },
    caret: (at) => (told.caret = at),
  });
  /** As the writer does: its text is the new one when it tells of the edit. */
  const others = (edit: edits.TextEdit) => {
    told.text = edits.apply(told.text, edit);
    binding.change(edit);
  };
  return { area, told, binding, others };
}

describe('what was typed', () => {
  test.each([
    ['a letter at the end', 'ab', 'abc', 3, [2, 'c']],
    ['one of equal letters, where the caret is', 'aaa', 'aaaa', 2, [1, 'a']],
    ['a deletion backwards among equal letters', 'aaa', 'aa', 1, [1, { d: 1 }]],
    ['a selection replaced', 'one two', 'one 2', 5, [4, '2', { d: 3 }]],
    ['an emoji of two units, in code points', '👩a', '👩👩a', 4, [1, '👩']],
    ['an Arabic word before another', 'باب', 'كل باب', 3, ['كل ']],
    ['a mark put on a letter', 'محمد', 'مُحمد', 2, [1, 'ُ']],
    ['a correction far from the caret', 'teh end', 'the end', 7, [1, { d: 1 }, 1, 'e']],
    ['nothing', 'a', 'a', 0, []],
  ] as [string, string, string, number, edits.TextEdit][])('%s', (_, before, after, caret, expected) => {
    expect(typedEdit(before, after, caret)).toEqual(expected);
    expect(edits.apply(before, typedEdit(before, after, caret))).toBe(after);
  });

  test('makes the new text of the old, wherever the caret is said to be', () => {
    const chance = new Chance(4);
    const words = (most: number) =>
      Array.from({ length: chance.below(most) }, () =>
        chance.one(['a', 'b', '👩', 'ب', '\u0650', '🏽', '\n']),
      ).join('');
    for (let i = 0; i < 3_000; i++) {
      const [before, after] = [words(12), words(12)];
      const caret = unitsBefore(after, chance.below([...after].length + 1));
      expect(edits.apply(before, typedEdit(before, after, caret))).toBe(after);
    }
  });
});

test('places are counted in code points and in UTF-16 units', () => {
  expect(unitsBefore('👩a', 1)).toBe(2);
  expect(pointsBefore('👩a', 2)).toBe(1);
  expect(unitsBefore('ab', 9)).toBe(2);
});

describe('a text area', () => {
  test('tells what is typed, and the caret', () => {
    const { area, told } = bound('👩');
    area.type(2, 2, 'a');
    expect(told.edits).toEqual([[1, 'a']]);
    expect(told.caret).toBe(2);
  });

  test('shows what others do, and the caret stays between the same letters', () => {
    const { area, others } = bound('one two');
    area.setSelectionRange(4, 7);
    others(['👩 ']);
    expect(area.value).toBe('👩 one two');
    expect([area.selectionStart, area.selectionEnd]).toEqual([7, 10]);
  });

  test('leaves the caret before what somebody puts in exactly there', () => {
    const { area, others } = bound('ab');
    area.setSelectionRange(1, 1);
    others([1, 'X']);
    expect(area.selectionStart).toBe(1);
  });

  test('keeps its scroll', () => {
    const { area, others } = bound('ab');
    area.scrollTop = 40;
    others(['x']);
    expect(area.scrollTop).toBe(40);
  });

  test('sets no selection when the focus is elsewhere', () => {
    const { area, others } = bound('ab');
    area.ownerDocument.activeElement = null;
    const set = vi.spyOn(area, 'setSelectionRange');
    others(['x']);
    expect(set).not.toHaveBeenCalled();
  });

  test('is left alone while a word is composed, and tells nothing; afterwards both', () => {
    const { area, told, others } = bound('ab');
    area.dispatchEvent(new Event('compositionstart'));
    area.type(2, 2, 'に');
    others(['X']);
    area.type(2, 3, '日');
    expect(area.value).toBe('ab日');
    expect(told.edits).toEqual([]);
    area.dispatchEvent(new Event('compositionend'));
    expect(area.value).toBe('Xab日');
    expect(told.text).toBe('Xab日');
  });

  test('takes a composition that was left for a while for written', () => {
    vi.useFakeTimers();
    const { area, told } = bound('');
    area.dispatchEvent(new Event('compositionstart'));
    area.type(0, 0, 'mot');
    vi.advanceTimersByTime(2_900);
    expect(told.text).toBe('');
    vi.advanceTimersByTime(200);
    expect(told.text).toBe('mot');
    vi.useRealTimers();
  });

  test('takes out what may not stand in a draft', () => {
    const { area, told } = bound('');
    area.type(0, 0, 'a\u202eb\tc\u0000\ud83dd');
    expect(area.value).toBe('ab cd');
    expect(told.text).toBe('ab cd');
    expect(area.selectionStart).toBe(5);
  });

  test('keeps joiners, direction marks and decomposed letters as they were typed', () => {
    const { area, told } = bound('');
    const typed = 'می\u200cخواهم\u200f e\u0301 👩\u200d👧';
    area.type(0, 0, typed);
    expect(told.text).toBe(typed);
  });

  test('shows in the end what its writer has, whatever order things come in', () => {
    const chance = new Chance(11);
    for (let round = 0; round < 300; round++) {
      const { area, told, others } = bound('ab👩cd');
      let composing = false;
      for (let step = 0; step < 30; step++) {
        const length = [...area.value].length;
        const from = chance.below(length + 1);
        const to = Math.min(length, from + chance.below(3));
        const words = chance.one(['', 'x', '👧', 'سلام', 'e\u0301']);
        if (chance.happens(0.4)) area.type(unitsBefore(area.value, from), unitsBefore(area.value, to), words);
        else if (chance.happens(0.6)) {
          const long = [...told.text].length;
          const at = chance.below(long + 1);
          const gone = Math.min(long - at, chance.below(3));
          const edit: edits.TextEdit = [
            ...(at ? [at] : []),
            chance.one(['o', '👩']),
            ...(gone ? [{ d: gone }] : []),
          ];
          others(edit);
        } else {
          composing = !composing;
          area.dispatchEvent(new Event(composing ? 'compositionstart' : 'compositionend'));
        }
        if (!composing) expect(area.value).toBe(told.text);
      }
      area.dispatchEvent(new Event('compositionend'));
      expect(area.value).toBe(told.text);
    }
  });
});
