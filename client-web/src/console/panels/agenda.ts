import type { AgendaItem, Kind, Moderation, Phase, Settings } from '$lib/generated/protocol';

export const phases: Phase[] = ['introduction', 'problems', 'grouping', 'solutions', 'plenary', 'closed'];

/** One phase as it stands in the form: texts that may be empty, minutes instead of milliseconds. */
export interface Row {
  phase: Phase;
  question: string;
  guidance: string;
  link: string;
  minutes: number;
  silent: boolean;
  hide_tallies: boolean;
  supports: number;
  /** Kinds that participants write, as words; `usual`: what the phase is for. */
  writes: string;
  rapporteurs_only: boolean;
  anonymous: boolean;
  /** Empty: as the workshop's rules say. */
  moderation: '' | Moderation;
  results: '' | 'yes' | 'no';
}

export const usual = 'usual';
/** What can be chosen for a phase, from nothing to everything. */
export const writings: string[] = [
  '',
  'problem',
  'solution',
  'result',
  'problem solution',
  'solution result',
  'problem solution result',
];
const writingOf = (kinds?: Kind[]): string =>
  kinds
    ? (['problem', 'solution', 'result'] as const).filter((kind) => kinds.includes(kind)).join(' ')
    : usual;
export const kindsOf = (writing: string): Kind[] => writing.split(' ').filter(Boolean) as Kind[];
/** Whether anything is another in this phase than the workshop's rules have it. */
export const hasRules = (row: Row): boolean =>
  row.writes !== usual ||
  row.rapporteurs_only ||
  row.anonymous ||
  row.moderation !== '' ||
  row.results !== '';

export function rowsOf(agenda: AgendaItem[]): Row[] {
  return phases.map((phase) => {
    const item = agenda.find((one) => one.phase === phase);
    return {
      phase,
      question: item?.question ?? '',
      guidance: item?.guidance ?? '',
      link: item?.link ?? '',
      minutes: Math.round((item?.duration_ms ?? 0) / 60_000),
      silent: item?.silent ?? false,
      hide_tallies: item?.hide_tallies ?? false,
      supports: item?.supports ?? 0,
      writes: writingOf(item?.contribute),
      rapporteurs_only: item?.rapporteurs_only ?? false,
      anonymous: item?.anonymous ?? false,
      moderation: item?.moderation ?? '',
      results: item?.results_required === undefined ? '' : item.results_required ? 'yes' : 'no',
    };
  });
}

/** What is worth sending: a phase of which nothing is said is left out. */
export function agendaOf(rows: Row[]): AgendaItem[] {
  return rows.flatMap((row) => {
    const item: AgendaItem = { phase: row.phase };
    if (row.question.trim()) item.question = row.question.trim();
    if (row.guidance.trim()) item.guidance = row.guidance.trim();
    if (row.link.trim()) item.link = row.link.trim();
    if (row.minutes > 0) item.duration_ms = row.minutes * 60_000;
    if (row.silent) item.silent = true;
    if (row.hide_tallies) item.hide_tallies = true;
    if (row.supports > 0) item.supports = row.supports;
    if (row.writes !== usual) item.contribute = kindsOf(row.writes);
    if (row.rapporteurs_only) item.rapporteurs_only = true;
    if (row.anonymous) item.anonymous = true;
    if (row.moderation) item.moderation = row.moderation;
    if (row.results) item.results_required = row.results === 'yes';
    return Object.keys(item).length > 1 ? [item] : [];
  });
}

const written = ['question', 'guidance', 'link'] as const;

/** What somebody wrote that would no longer be there. */
export interface Replaced {
  phase: Phase;
  what: (typeof written)[number];
  before: string;
  /** Empty: nothing. */
  after: string;
}
export function replacedBy(after: Row[], before: Row[]): Replaced[] {
  return before.flatMap((row) =>
    written.flatMap((what) => {
      const own = row[what].trim();
      const theirs = after.find(({ phase }) => phase === row.phase)?.[what].trim() ?? '';
      return own && own !== theirs ? [{ phase: row.phase, what, before: own, after: theirs }] : [];
    }),
  );
}
/** The other rows, with what was written in these. */
export function withWords(rows: Row[], from: Row[]): Row[] {
  return rows.map((row) => {
    const own = from.find(({ phase }) => phase === row.phase);
    return {
      ...row,
      question: own?.question.trim() ? own.question : row.question,
      guidance: own?.guidance.trim() ? own.guidance : row.guidance,
      link: own?.link.trim() ? own.link : row.link,
    };
  });
}

/** A form as it stands. */
export interface Filled {
  rows: Row[];
  settings: Settings;
}
/** Whether two forms would be sent the same. */
export function sameForm(one: Filled, other: Filled): boolean {
  const names = Object.keys(one.settings) as (keyof Settings)[];
  return (
    names.every((name) => one.settings[name] === other.settings[name]) &&
    JSON.stringify(agendaOf(one.rows)) === JSON.stringify(agendaOf(other.rows))
  );
}

/** What of a form is another than before: the phases by their programme, and whether the rules are. */
export function changesOf(after: Filled, before: Filled): { phases: Phase[]; rules: boolean } {
  const [next, previous] = [agendaOf(after.rows), agendaOf(before.rows)];
  const planned = (agenda: AgendaItem[], phase: Phase) =>
    JSON.stringify(agenda.find((item) => item.phase === phase));
  return {
    phases: phases.filter((phase) => planned(next, phase) !== planned(previous, phase)),
    rules: !sameForm({ ...after, rows: before.rows }, before),
  };
}

export const totalMinutes = (rows: Row[]): number => rows.reduce((sum, row) => sum + (row.minutes || 0), 0);

export interface Plan {
  agenda: Omit<AgendaItem, 'question' | 'guidance'>[];
  settings: Settings;
}

const settings: Settings = {
  moderation: 'after',
  anonymous: false,
  results_required: true,
  paused: false,
  slow_seconds: 0,
  quorum: 0,
};
const minutes = (count: number) => count * 60_000;

/** Ways to hold a workshop that are ready to use; their questions are sentences of the page. */
export const shipped: Record<'regional' | 'short' | 'quiet', Plan> = {
  regional: {
    agenda: [
      { phase: 'introduction', duration_ms: minutes(15) },
      { phase: 'problems', duration_ms: minutes(25) },
      { phase: 'grouping', duration_ms: minutes(20), supports: 5 },
      { phase: 'solutions', duration_ms: minutes(60) },
      { phase: 'plenary', duration_ms: minutes(30), supports: 5, hide_tallies: true },
    ],
    settings,
  },
  short: {
    agenda: [
      { phase: 'introduction', duration_ms: minutes(5) },
      { phase: 'problems', duration_ms: minutes(15) },
      { phase: 'grouping', duration_ms: minutes(10), supports: 3 },
      { phase: 'solutions', duration_ms: minutes(25) },
      { phase: 'plenary', duration_ms: minutes(15), supports: 3 },
    ],
    settings: { ...settings, results_required: false },
  },
  quiet: {
    agenda: [
      { phase: 'introduction', duration_ms: minutes(10) },
      { phase: 'problems', duration_ms: minutes(20), silent: true },
      { phase: 'grouping', duration_ms: minutes(20), supports: 5, hide_tallies: true },
      { phase: 'solutions', duration_ms: minutes(45) },
      { phase: 'plenary', duration_ms: minutes(25), supports: 5, hide_tallies: true },
    ],
    settings: { ...settings, anonymous: true },
  },
};
