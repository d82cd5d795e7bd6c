import type { AgendaItem, Phase, Timer } from '$lib/generated/protocol';
import { phases } from './panels/agenda';

type Planned = Pick<AgendaItem, 'phase' | 'duration_ms'>;

/** Where a workshop stands, at one moment of the server. */
export interface Standing {
  phase: Phase;
  timer: Timer | null;
  /** When the phase was entered; null where that is not known. */
  phaseSince: number | null;
  now: number;
}
/** When the time of a phase began to run: the first that is known of a meeting. */
export interface Began {
  phase: Phase;
  at: number;
}

const planned = (agenda: readonly Planned[], phase: Phase) =>
  agenda.find((item) => item.phase === phase)?.duration_ms ?? 0;
const plannedAfter = (agenda: readonly Planned[], phase: Phase) =>
  phases.slice(phases.indexOf(phase) + 1).reduce((sum, later) => sum + planned(agenda, later), 0);

/** What is left of the present phase, by its timer or else by its plan, and of those to come; in ms. */
export function leftOf(agenda: readonly Planned[], { phase, timer, phaseSince, now }: Standing): number {
  const elapsed = phaseSince === null ? 0 : now - phaseSince;
  const present = timer ? (timer.left_ms ?? timer.ends_at - now) : planned(agenda, phase) - elapsed;
  return Math.max(0, present) + plannedAfter(agenda, phase);
}

/** Nothing has begun while nobody takes the time of the introduction. Later phases began when they were entered: by
 * their timer, which may have been paused, it would be later. */
export function beginning(
  known: Began | null,
  { phase, timer, phaseSince }: Pick<Standing, 'phase' | 'timer' | 'phaseSince'>,
): Began | null {
  if (phase === 'introduction' && !timer) return null;
  if (known || !timer) return known;
  const entered = phase === 'introduction' ? null : phaseSince;
  return { phase, at: entered ?? timer.ends_at - timer.duration_ms };
}

/** How much later than planned it ends if all goes as planned from now on; negative when it ends before; in ms. */
export function delayOf(agenda: readonly Planned[], began: Began, standing: Standing): number {
  const plannedEnd = began.at + planned(agenda, began.phase) + plannedAfter(agenda, began.phase);
  return standing.now + leftOf(agenda, standing) - plannedEnd;
}
