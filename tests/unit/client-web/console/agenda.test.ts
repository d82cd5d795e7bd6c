import { describe, expect, test } from 'vitest';
import {
  agendaOf,
  changesOf,
  hasRules,
  replacedBy,
  rowsOf,
  sameForm,
  shipped,
  withWords,
} from '../../../../client-web/src/console/panels/agenda';

const own = rowsOf([
  { phase: 'problems', question: 'سؤالي', guidance: 'بطاقة لكل فكرة', duration_ms: 600_000 },
  { phase: 'solutions', link: 'https://example.org/' },
]);
const template = rowsOf([
  { phase: 'problems', question: 'سؤال النموذج', duration_ms: 1_500_000 },
  { phase: 'plenary', question: 'ما الأولوية؟', supports: 5 },
]);

describe('a template over what is prepared', () => {
  test('names each text that would go, and what would come', () =>
    expect(replacedBy(template, own)).toEqual([
      { phase: 'problems', what: 'question', before: 'سؤالي', after: 'سؤال النموذج' },
      { phase: 'problems', what: 'guidance', before: 'بطاقة لكل فكرة', after: '' },
      { phase: 'solutions', what: 'link', before: 'https://example.org/', after: '' },
    ]));

  test('has nothing to ask where nothing was written, or the same', () => {
    expect(replacedBy(template, rowsOf([]))).toEqual([]);
    expect(replacedBy(template, template)).toEqual([]);
  });

  test('can give its times and rules and leave the texts', () => {
    const kept = withWords(template, own);
    expect(replacedBy(kept, own)).toEqual([]);
    expect(kept.find(({ phase }) => phase === 'problems')).toMatchObject({ question: 'سؤالي', minutes: 25 });
    expect(kept.find(({ phase }) => phase === 'plenary')).toMatchObject({
      question: 'ما الأولوية؟',
      supports: 5,
    });
  });
});

describe('the rules of a phase', () => {
  const ruled = {
    phase: 'solutions',
    contribute: ['solution', 'result'],
    rapporteurs_only: true,
    anonymous: true,
    moderation: 'before',
    results_required: false,
  } as const;
  const item = { ...ruled, contribute: [...ruled.contribute] };

  test('come back from the form as they went in, also that nobody writes', () => {
    expect(agendaOf(rowsOf([item]))).toEqual([item]);
    expect(agendaOf(rowsOf([{ phase: 'solutions', contribute: [] }]))).toEqual([
      { phase: 'solutions', contribute: [] },
    ]);
  });
  test('are none where the workshop’s hold', () => {
    expect(rowsOf([]).some(hasRules)).toBe(false);
    expect(rowsOf([item]).filter(hasRules).map(({ phase }) => phase)).toEqual(['solutions']);
  });
});

test('two forms are the same when they would be sent the same', () => {
  const { settings } = shipped.regional;
  const spaced = own.map((row) => ({ ...row, question: row.question && ` ${row.question} ` }));
  expect(sameForm({ rows: own, settings }, { rows: spaced, settings })).toBe(true);
  expect(sameForm({ rows: own, settings }, { rows: own, settings: { ...settings, quorum: 9 } })).toBe(false);
});

test('what is undone is told by what was changed: the phases by their programme, the rules apart', () => {
  const { settings } = shipped.regional;
  const before = { rows: own, settings };
  const longer = own.map((row) => (row.phase === 'problems' ? { ...row, minutes: 25 } : row));
  expect(changesOf(before, before)).toEqual({ phases: [], rules: false });
  expect(changesOf({ rows: longer, settings }, before)).toEqual({ phases: ['problems'], rules: false });
  expect(changesOf({ rows: own, settings: { ...settings, quorum: 9 } }, before)).toEqual({ phases: [], rules: true });
  expect(changesOf({ rows: template, settings: { ...settings, anonymous: true } }, before)).toEqual({
    phases: ['problems', 'solutions', 'plenary'],
    rules: true,
  });
});

test('no programme that is shipped keeps tables from writing together', () => {
  for (const { agenda, settings } of Object.values(shipped)) {
    expect(agenda.find(({ phase }) => phase === 'solutions')?.silent).toBeUndefined();
    expect(settings.moderation).toBe('after');
  }
});
