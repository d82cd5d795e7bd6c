import type { Phase } from '$lib/generated/protocol';
import type { LiveWorkshop } from '$lib/live/workshop.svelte';

/** Enters a phase, and starts the time that is planned for it, which can be stopped or extended as any other. */
export async function enterPhase(
  live: Pick<LiveWorkshop, 'attempt' | 'send'> & { board: Pick<LiveWorkshop['board'], 'agenda'> },
  phase: Phase,
): Promise<boolean> {
  const entered = await live.attempt({ action: 'phase.enter', phase });
  const planned = live.board.agenda.find((item) => item.phase === phase)?.duration_ms;
  if (entered && planned) await live.send({ action: 'timer.start', duration_ms: planned });
  return entered;
}
