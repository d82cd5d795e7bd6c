import { expect, test, vi } from 'vitest';
import { enterPhase } from '../../../../client-web/src/console/enter-phase';

const agenda = [{ phase: 'plenary', duration_ms: 30 * 60_000 }] as const;
const liveThat = (takes: boolean) => ({
  board: { agenda: [...agenda] },
  attempt: vi.fn(async () => takes),
  send: vi.fn(async () => 'id'),
});

test('a phase that is entered starts the time that is planned for it', async () => {
  const live = liveThat(true);
  expect(await enterPhase(live, 'plenary')).toBe(true);
  expect(live.send.mock.calls).toEqual([[{ action: 'timer.start', duration_ms: 30 * 60_000 }]]);
});
test('none where none is planned, nor where the phase was not entered', async () => {
  const [unplanned, refused] = [liveThat(true), liveThat(false)];
  await enterPhase(unplanned, 'grouping');
  expect(await enterPhase(refused, 'plenary')).toBe(false);
  expect([unplanned.send.mock.calls, refused.send.mock.calls]).toEqual([[], []]);
});
