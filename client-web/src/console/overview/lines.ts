import type { Phase, Timer } from '$lib/generated/protocol';

/** One workshop as the overview endpoint tells of it (schemas/http/openapi.yaml, Overview). */
export interface Line {
  id: string;
  title: string;
  phase: Phase;
  phase_since: number;
  timer: Timer | null;
  read_only: boolean;
  people: number;
  unwritten: number;
  staff: number;
  here: boolean;
  contributions: Record<'problem' | 'solution' | 'result', number>;
  waiting: number;
  pace: number[];
  tables: { title: string; state: TableState; people: number }[];
  hands: number;
  changed_at: number;
  /** For an organiser. */
  notes?: Note[];
}
/** What those who steer a workshop told each other. */
export interface Note {
  seq: number;
  at: number;
  text: string;
  mine: boolean;
  name?: string;
  answers?: number;
}
export type TableState = 'working' | 'silent' | 'finished' | 'help';
/** What cannot be read now; nothing else is known of it. */
export interface Unavailable {
  id: string;
  title: string;
  unavailable: true;
}
export type Workshop = Line | Unavailable;

export interface Overview {
  consultation: { id: string; title: string; city: string; date: string; role: 'organiser' | 'admin' };
  time: number;
  workshops: Workshop[];
}

export const isKnown = (one: Workshop): one is Line => !('unavailable' in one);

/** Why somebody should look, the most urgent first. Their order is the order of the page. */
export const reasons = [
  'unavailable',
  'readOnly',
  'help',
  'alone',
  'overrun',
  'still',
  'waiting',
  'hands',
  'silent',
] as const;
export type Reason = (typeof reasons)[number];
export interface Need {
  reason: Reason;
  count: number;
}

/** Nothing written for all of the pace's time, since the phase began at least as long ago. */
const stillMs = 5 * 60_000;
const writing: readonly Phase[] = ['problems', 'solutions'];

export const tablesIn = (line: Line, state: TableState) =>
  line.tables.filter((table) => table.state === state);

/** Contributions in the time that the pace covers: five minutes. */
export function lately(line: Line): number {
  return line.pace.reduce((sum, count) => sum + count, 0);
}

export function overrunMs(line: Line, now: number): number {
  return line.timer && line.timer.left_ms === undefined ? Math.max(0, now - line.timer.ends_at) : 0;
}

/** What of a workshop asks for attention at this moment of the server, the most urgent first. */
export function needsOf(one: Workshop, now: number): Need[] {
  if (!isKnown(one)) return [{ reason: 'unavailable', count: 1 }];
  const closed = one.phase === 'closed';
  const counts: Record<Reason, number> = {
    unavailable: 0,
    readOnly: Number(one.read_only),
    help: tablesIn(one, 'help').length,
    alone: Number(!closed && one.people > 0 && one.staff === 0 && !one.here),
    overrun: Number(!closed && overrunMs(one, now) > 0),
    still: Number(
      writing.includes(one.phase) && one.people > 0 && lately(one) === 0 && now - one.phase_since > stillMs,
    ),
    waiting: one.waiting,
    hands: closed ? 0 : one.hands,
    silent: tablesIn(one, 'silent').length,
  };
  return reasons.flatMap((reason) => (counts[reason] > 0 ? [{ reason, count: counts[reason] }] : []));
}

/** Which of two needs comes first: the more urgent reason, then more of it, then what comes next. */
function compare(one: Need[], other: Need[]): number {
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const [mine, theirs] = [one[i], other[i]];
    if (!mine || !theirs) return mine ? -1 : 1;
    const rank = reasons.indexOf(mine.reason) - reasons.indexOf(theirs.reason);
    if (rank !== 0) return rank;
    if (mine.count !== theirs.count) return theirs.count - mine.count;
  }
  return 0;
}

/** The ids, whoever needs attention first; else in the order of the programme. */
export function byNeed(workshops: Workshop[], now: number): string[] {
  return workshops
    .map((one) => ({ id: one.id, needs: needsOf(one, now) }))
    .sort((a, b) => compare(a.needs, b.needs))
    .map(({ id }) => id);
}

/** The order of before, for as long as somebody reads or works in the list; who is new comes last. */
export function heldOrder(before: string[], now: string[]): string[] {
  return [...before.filter((id) => now.includes(id)), ...now.filter((id) => !before.includes(id))];
}

export type News = { reason: 'help' | 'readOnly' | 'overrun'; id: string; title: string };

/** What has begun since and is worth a word to somebody who does not see the page. */
export function newsBetween(before: Workshop[], beforeAt: number, after: Workshop[], now: number): News[] {
  const spoken: readonly Reason[] = ['help', 'readOnly', 'overrun'];
  return after.flatMap((one) => {
    const earlier = before.find(({ id }) => id === one.id);
    if (!earlier) return [];
    const had = needsOf(earlier, beforeAt);
    return needsOf(one, now)
      .filter(({ reason, count }) => {
        const then = had.find((need) => need.reason === reason)?.count ?? 0;
        return spoken.includes(reason) && count > then;
      })
      .map(({ reason }) => ({ reason: reason as News['reason'], id: one.id, title: one.title }));
  });
}
