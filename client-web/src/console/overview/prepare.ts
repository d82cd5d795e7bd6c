import type { AgendaItem, Phase, Settings, Snapshot } from '$lib/generated/protocol';
import { ask } from '$lib/http';
import { uuidv7 } from '$lib/uuid';
import {
  agendaOf,
  changesOf,
  replacedBy,
  rowsOf,
  withWords,
  type Filled,
  type Replaced,
} from '../panels/agenda';
import { inTurns, perform, type OpenSocket, type Told } from './tell';

/** What is taken for all workshops: a template, or a way to hold a workshop that is ready to use. */
export interface Prepared {
  agenda: AgendaItem[];
  settings: Settings;
}

/** One workshop, with what would become of it. `begun`: it is left out. */
export interface Plan {
  workshop: string;
  begun: boolean;
  after: Filled;
  /** Phases whose programme would be another, and whether the rules would be. */
  changes: { phases: Phase[]; rules: boolean };
  /** What somebody wrote that would go. */
  replaced: Replaced[];
}

export type Known = Pick<Snapshot, 'agenda' | 'settings' | 'phase' | 'contributions'>;

/** Nobody is thrown back: what has begun goes on as it was prepared. */
export const hasBegun = ({ phase, contributions }: Known): boolean =>
  phase !== 'introduction' || contributions.length > 0;

export function planFor(workshop: string, known: Known, prepared: Prepared, keepsTexts: boolean): Plan {
  const before: Filled = { rows: rowsOf(known.agenda), settings: known.settings };
  const rows = rowsOf(prepared.agenda);
  // A pause and a slow mode are of the moment, and of no template.
  const { paused, slow_seconds } = known.settings;
  const after: Filled = {
    rows: keepsTexts ? withWords(rows, before.rows) : rows,
    settings: { ...prepared.settings, paused, slow_seconds },
  };
  return {
    workshop,
    begun: hasBegun(known),
    after,
    changes: changesOf(after, before),
    replaced: replacedBy(after.rows, before.rows),
  };
}

export const changesAnything = ({ changes }: Plan): boolean => changes.phases.length > 0 || changes.rules;

export const lookAt = (workshop: string): Promise<Known> =>
  ask<Snapshot>('GET', `/api/workshops/${workshop}/snapshot?audience=staff`);

/**
 * Prepares these workshops, some at a time; `told` is called for each as its answer comes. One that began since it was
 * looked at is left as it is, which is told as `wrong_phase`.
 */
export function prepareAll(
  plans: readonly Plan[],
  told: (plan: Plan, how: Told) => void,
  open?: OpenSocket,
): Promise<void> {
  return inTurns(plans, async (plan) => {
    const { changes, after } = plan;
    const commands = [
      ...(changes.phases.length > 0
        ? [{ id: uuidv7(), action: 'agenda.set', agenda: agendaOf(after.rows) }]
        : []),
      ...(changes.rules ? [{ id: uuidv7(), action: 'settings.set', settings: after.settings }] : []),
    ];
    const how = await perform(
      plan.workshop,
      commands,
      ({ phase }) => (phase === 'introduction' ? null : 'wrong_phase'),
      open,
    );
    told(plan, how);
  });
}
