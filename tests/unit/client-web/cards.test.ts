import { describe, expect, test } from 'vitest';
import { board, card, cardId, event, otherCardId, tell } from './support/boards';

const third = '019a1f00-0000-7000-8000-000000000003';
const mine = (id: string) => ({
  id,
  receipt: 'K7QM-3F9P-XTWB',
  kind: 'problem' as const,
  state: 'shown' as const,
});

describe('tallies', () => {
  const withFigures = {
    contributions: [
      {
        ...card.contribution,
        supports: 4,
        together: 6,
        rating: { count: 1, impact: 5, feasibility: 2 },
        counted: { hands: 9 },
      },
      { ...card.contribution, id: otherCardId },
    ],
  };

  test('are forgotten by the room when they are hidden, which is not zero', () => {
    const made = board(withFigures);
    tell(made, event('tallies-hidden'));
    const { supports, together, rating, counted } = made.contributions.get(cardId)!;
    expect([supports, together, rating, counted]).toEqual([undefined, undefined, undefined, undefined]);
    expect(made.talliesHidden).toBe(true);
  });

  test('stay with staff', () => {
    const made = board({ ...withFigures, audience: 'staff' });
    tell(made, event('tallies-hidden'), { ...event('tallies-shown'), tallies: [] });
    expect(made.contributions.get(cardId)).toMatchObject({ supports: 4, together: 6 });
  });

  test('all come back when they are shown, none being told of what has none', () => {
    const made = board(withFigures);
    tell(made, event('tallies-hidden'), event('tallies-shown'));
    expect(made.contributions.get(cardId)).toMatchObject({ supports: 4, together: 6, counted: { paper: 3 } });
    expect(made.contributions.get(otherCardId)?.supports).toBe(0);
    expect(made.talliesHidden).toBe(false);
  });

  test('stay unknown when support is given while they are hidden', () => {
    const made = board({
      contributions: [{ ...card.contribution, supports: undefined }],
      tallies_hidden: true,
    });
    tell(made, event('contribution-supported-unseen'));
    expect(made.contributions.get(cardId)?.supports).toBeUndefined();
  });

  test('of ratings and of hands are taken as they are told', () => {
    const made = board();
    tell(made, event('contribution-rated'), event('contribution-counted'));
    expect(made.contributions.get(cardId)).toMatchObject({
      rating: { count: 3, impact: 12, feasibility: 8 },
      counted: { hands: 42, paper: 3 },
    });
  });
});

describe('a group', () => {
  const three = {
    contributions: [cardId, otherCardId, third].map((id) => ({ ...card.contribution, id })),
  };

  test('has its members under its head, each person counted once', () => {
    const made = board(three);
    tell(made, event('contribution-merged'));
    expect(made.members(cardId).map(({ id }) => id)).toEqual([otherCardId]);
    expect(made.contributions.get(cardId)?.together).toBe(4);
    tell(made, event('contribution-supported-in-a-group'));
    expect(made.contributions.get(cardId)?.together).toBe(5);
    expect(made.contributions.get(otherCardId)).toMatchObject({ supports: 2, merged_into: cardId });
  });

  test('takes the members of a head along that is merged', () => {
    const made = board(three);
    tell(
      made,
      { type: 'contribution.merged', contributions: [third], into: otherCardId, together: 2 },
      event('contribution-merged'),
    );
    expect(made.members(cardId).map(({ id }) => id)).toEqual([otherCardId, third]);
    expect(made.members(otherCardId)).toEqual([]);
    expect(made.contributions.get(otherCardId)?.together).toBeUndefined();
  });

  test('can be taken apart', () => {
    const made = board(three);
    tell(made, event('contribution-merged'), event('contribution-unmerged'));
    expect(made.members(cardId)).toEqual([]);
    expect(made.contributions.get(cardId)?.together).toBeUndefined();
  });
});

describe('a contribution', () => {
  test('written silently gets its words when all are revealed', () => {
    const { text, ...wordless } = card.contribution;
    const made = board({ contributions: [{ ...wordless, veiled: true }] });
    tell(made, event('contributions-revealed'));
    expect(made.contributions.get(cardId)).toMatchObject({ text });
    expect(made.contributions.get(cardId)?.veiled).toBeUndefined();
  });

  test('that waits is mine and waits until it is shown', () => {
    const made = board();
    made.mine.set(otherCardId, mine(otherCardId));
    tell(made, event('contribution-added-waiting'));
    expect(made.mine.get(otherCardId)?.state).toBe('waiting');
    tell(made, { type: 'contribution.shown', contribution: { ...card.contribution, id: otherCardId } });
    expect(made.mine.get(otherCardId)?.state).toBe('shown');
  });

  test('that is hidden says on what ground, to its author too', () => {
    const made = board();
    made.mine.set(cardId, mine(cardId));
    tell(made, event('contribution-hidden'));
    expect(made.contributions.get(cardId)).toMatchObject({ state: 'hidden', ground: 'personal_data' });
    expect(made.mine.get(cardId)).toMatchObject({ state: 'hidden', ground: 'personal_data' });
  });

  test('is asked for other words until it has them', () => {
    const made = board({ audience: 'staff' });
    tell(made, event('contribution-reword-asked-to-staff'));
    expect(made.contributions.get(cardId)).toMatchObject({
      reword: true,
      reword_note: 'اذكر المصلحة بدل اسم الموظف',
    });
    tell(made, { type: 'contribution.edited', contribution: cardId, edits: 1, text: 'غير ذلك' });
    expect(made.contributions.get(cardId)).toMatchObject({
      text: 'غير ذلك',
      reword: undefined,
      reword_note: undefined,
    });
  });

  test('can be frozen and let go', () => {
    const made = board();
    made.mine.set(cardId, mine(cardId));
    tell(made, event('contribution-frozen'));
    expect([made.contributions.get(cardId)?.frozen, made.mine.get(cardId)?.frozen]).toEqual([true, true]);
    tell(made, { ...event('contribution-frozen'), on: false });
    expect([made.contributions.get(cardId)?.frozen, made.mine.get(cardId)?.frozen]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('supports that are left', () => {
  const rules = { ...board().rules, budget: 3 };
  const contributions = [
    { ...card.contribution, id: cardId },
    { ...card.contribution, id: otherCardId, kind: 'solution' as const },
    { ...card.contribution, id: third, kind: 'result' as const },
  ];

  test('are counted for problems, and for solutions and results together', () => {
    const made = board({ rules, contributions });
    made.readMine('', { contributions: [], supports: [cardId, otherCardId, third], ratings: {} });
    expect([
      made.supportsLeft('problem'),
      made.supportsLeft('solution'),
      made.supportsLeft('result'),
    ]).toEqual([2, 1, 1]);
  });
  test('are never less than none', () => {
    const made = board({ rules: { ...rules, budget: 1 }, contributions });
    made.readMine('', { contributions: [], supports: [otherCardId, third], ratings: {} });
    expect(made.supportsLeft('solution')).toBe(0);
  });
  test('are without bound when the budget is 0', () => expect(board().supportsLeft('problem')).toBeNull());
});

describe('what is expected of a solution', () => {
  const solution = { ...card.contribution, id: cardId, kind: 'solution' as const };
  const other = { ...solution, id: otherCardId };
  const result = { ...card.contribution, id: third, kind: 'result' as const, follows_from: [cardId] };

  test('is found from it', () => {
    const made = board({ contributions: [solution, result] });
    expect(made.resultsOf(cardId).map(({ id }) => id)).toEqual([third]);
    expect(made.resultsOf(otherCardId)).toEqual([]);
  });

  test('is told once of a group, whichever of it the result follows from', () => {
    const group = [{ ...solution, merged_into: otherCardId }, other];
    const made = board({ contributions: [...group, { ...result, follows_from: [cardId, otherCardId] }] });
    expect(made.resultsOf(otherCardId).map(({ id }) => id)).toEqual([third]);
  });

  describe('and was merged into another result', () => {
    const fourth = '019a1f00-0000-7000-8000-000000000004';
    const member = { ...result, merged_into: fourth };
    const head = { ...result, id: fourth, follows_from: [otherCardId] };

    test('is told in the words of that one, wherever either follows from', () => {
      const made = board({ contributions: [solution, other, member, head] });
      expect(made.resultsOf(cardId).map(({ id }) => id)).toEqual([fourth]);
      expect(made.resultsOf(otherCardId).map(({ id }) => id)).toEqual([fourth]);
    });
    test('is not told while that one is hidden', () =>
      expect(
        board({ contributions: [solution, member, { ...head, state: 'hidden' }] }).resultsOf(cardId),
      ).toEqual([]));
  });

  test.each([
    ['hidden', { state: 'hidden' as const }],
    ['waiting', { state: 'waiting' as const }],
    ['not revealed', { veiled: true as const }],
  ])('is not told while it is %s', (_, change) =>
    expect(board({ contributions: [solution, { ...result, ...change }] }).resultsOf(cardId)).toEqual([]));
});
