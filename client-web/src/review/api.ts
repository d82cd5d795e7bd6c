import { ask } from '$lib/http';
import { uuidv7 } from '$lib/uuid';

export interface Words {
  ar: string;
  fr: string;
}
export type ReviewState = 'waiting' | 'returned' | 'proposed' | 'refused';
export const refusals = [
  'out_of_scope',
  'personal_matter',
  'unclear',
  'already_answered',
  'not_a_proposal',
] as const;
export const answerKinds = [
  'taken',
  'taken_in_part',
  'already_done',
  'later',
  'not_feasible',
  'out_of_scope',
  'not_ours',
] as const;

export const stances = ['support', 'reservation', 'against'] as const;
/** Everything that a grid can be made of: server/review/grid_actions.hpp. */
export const criteria = [
  'support',
  'breadth',
  'agreement',
  'clarity',
  'precision',
  'link',
  'need',
  'feasibility',
  'cost',
  'legal_base',
  'measurable',
] as const;
export type Criterion = (typeof criteria)[number];
/** By the administrations that a proposal is with. */
export const ratedCriteria = criteria.slice(criteria.indexOf('need'));
export const sourceOf = (criterion: Criterion): 'counted' | 'screening' | 'administrations' =>
  ratedCriteria.includes(criterion)
    ? 'administrations'
    : criteria.indexOf(criterion) < criteria.indexOf('clarity')
      ? 'counted'
      : 'screening';
export interface Weighted {
  criterion: Criterion;
  weight: number;
}
export interface GridVersion {
  version: number;
  at: number;
  criteria: Weighted[];
  why?: Words;
  by?: string;
}
/** Who would be where with a grid that is tried. */
export interface Preview {
  proposals: {
    id: string;
    title: string;
    value?: number;
    lowest: number;
    highest: number;
    rank: number;
    was: number;
  }[];
}

export const ballots = ['approve', 'reject', 'abstain'] as const;
export type Ballot = (typeof ballots)[number];
export const majorities = ['simple', 'two_thirds'] as const;
export interface ListItem {
  id: string;
  title: string;
  lead: string;
  answer: (typeof answerKinds)[number];
  objections: { words: Words; at: number; by?: string }[];
}
export interface CommitteeList {
  id: string;
  title: Words;
  words: Words;
  rule: 'silence' | 'vote';
  at: number;
  until: string;
  quorum?: number;
  majority?: (typeof majorities)[number];
  result: 'open' | 'approved' | 'approved_in_part' | 'rejected' | 'no_quorum' | 'withdrawn';
  proposals: ListItem[];
  count: Record<Ballot, number>;
  ballots: { ballot: Ballot; at: number; words?: Words; by?: string }[];
  withdrawn?: { words: Words; at: number };
  /** These are told to staff. */
  seq?: number;
  by?: string;
  mine?: { objections: Record<string, Words>; ballot?: Ballot; words?: Words };
}
export type Standing = 'not_asked' | 'open' | 'approved' | 'objected' | 'rejected' | 'no_quorum';
/** Was the committee asked without approving it? */
export const isAgainst = (standing: Standing): boolean =>
  standing === 'objected' || standing === 'rejected' || standing === 'no_quorum';
/** Where somebody decided otherwise than who was asked. */
export interface Overruling {
  kind: 'committee_not_followed' | 'not_approved' | 'sent_back';
  proposal: { id: string; title: string };
  administration: string;
  at: number;
  words?: Words;
}

export const activityStatuses = ['not_started', 'in_progress', 'completed'] as const;
/** Late is never reported: it follows from the dates. */
export type Status = (typeof activityStatuses)[number] | 'late';

export interface Contestation {
  text: string;
  at: number;
  against: 'refused' | 'proposed' | 'merged' | 'out_of_scope';
  state: 'waiting' | 'upheld' | 'rejected';
  words?: Words;
  /** Who took the decision, for staff. */
  contested?: string;
  /** The decision is of whoever reads this: somebody else settles the objection. */
  own?: boolean;
}
export interface Opinion {
  stance: (typeof stances)[number];
  words: Words;
  at: number;
  by?: string;
  /** The answer was written anew since. */
  of_earlier_answer?: boolean;
}
export interface Commitment {
  id: string;
  lead: string;
  title: Words;
  problem: Words;
  description: Words;
  openness: Words;
  indicator: Words;
  status: Status;
  proposals: { id: string; title: string; committee: Standing }[];
  /** Why it was confirmed although the committee did not approve all of it. */
  despite?: Words;
  activities: {
    number: number;
    title: Words;
    starts: string;
    ends: string;
    status: Status;
    progress: {
      status: (typeof activityStatuses)[number];
      words: Words;
      link?: string;
      at: number;
      by?: string;
    }[];
  }[];
  consultation: { id: string; title: string; city: string };
  confirmed_at?: number;
  /** These are told to staff. */
  seq?: number;
  state?: 'drafted' | 'returned' | 'confirmed';
  by?: string;
  /** Whoever reads this wrote it. */
  own?: boolean;
  returned?: { note: string };
}

export interface Screening {
  by: string;
  clarity: number;
  precision: number;
  link: number;
  own?: boolean;
  /** Its author has made the words clearer since: it does not count. */
  of_old_words?: boolean;
}
export const screeningCriteria = ['clarity', 'precision', 'link'] as const;

/** How many stand behind something: a merge of the meeting forgets nobody. The public is not told of people. */
export interface Behind {
  contributions: number;
  people?: number;
}
export interface Reviewed {
  id: string;
  kind: 'problem' | 'solution' | 'result';
  workshop: string;
  text?: string;
  revised?: string;
  supports: number;
  /** With what was merged into it. */
  behind: Behind;
  live_state: string;
  state: ReviewState;
  screenings: Screening[];
  returned?: { note: string };
  refused?: { reason: string; words: Words };
  proposal?: string;
  merged_into?: string;
  contestation?: Contestation;
  seq?: number;
}
export interface Answer {
  kind: (typeof answerKinds)[number];
  words: Words;
  administration: string;
  link?: string;
  owner?: string;
  at: number;
  by?: string;
  approved_by?: string;
  /** Whoever reads this wrote it. */
  own?: boolean;
  /** Other proposals that the same decision answers. */
  with?: string[];
}
interface Said {
  id: string;
  kind: string;
  /** As its author says it now. */
  text: string;
  /** Where that was made clearer: the words of the meeting. */
  first_said?: string;
}
/** What an administration asks about a proposal, as one who may read it reads it. */
export interface Question {
  id: string;
  administration: string;
  text: string;
  at: number;
  /** Of an author, published. */
  replies?: { contribution: string; text: string; at: number }[];
  /** It is of the administration of whoever reads it. These are told to its members only. */
  own?: true;
  to?: 'organiser' | 'authors';
  by?: string;
  /** It waits for a reply. */
  open?: boolean;
  reply?: { text: string; at: number };
  /** Replies that an organiser has yet to read, and that were not published. */
  waiting?: number;
  withheld?: number;
}
export interface AuthorsReply {
  contribution: string;
  /** What that contribution says. */
  said?: string;
  text: string;
  at: number;
  state: 'waiting' | 'published' | 'withheld';
  note?: string;
  seq: number;
}
/** The same to an organiser. */
export interface AskedOfUs {
  id: string;
  proposal: { id: string; title: string };
  administration: string;
  to: 'organiser' | 'authors';
  text: string;
  at: number;
  by: string;
  open: boolean;
  reply?: { text: string; at: number; by: string };
  replies: AuthorsReply[];
  seq: number;
}
/** For a reply, or for a word on what an author replied. */
export const waitsForOrganiser = ({ to, open, replies }: AskedOfUs): boolean =>
  to === 'organiser' ? open : replies.some(({ state }) => state === 'waiting');

export interface Proposal {
  id: string;
  title: string;
  text: string;
  contributions: string[];
  /** With what was merged into each at the workshop. */
  said: (Said & { merged?: Said[] })[];
  behind: Behind;
  state: 'open' | 'routed' | 'transferred' | 'answer_proposed' | 'answered';
  at: number;
  seq: number;
  lead?: string;
  /** With whom it is: its lead, or whom the lead named as the owner. */
  holder?: string;
  contributing: string[];
  due_at?: number;
  late_days: number;
  /** For the administration that it is with. */
  due_soon?: true;
  hops: {
    at: number;
    from?: string;
    to: string;
    why?: Words;
    unit?: string;
    accepted_at?: number;
    /** Why it is of both. */
    shared?: Words;
  }[];
  /** Nobody that it was sent to says that it is theirs: the organiser decides. */
  to_arbitrate?: boolean;
  answer?: Answer;
  proposed_answer?: Answer;
  commitment?: { id: string; title: Words; status: Status; state?: Commitment['state'] };
  opinions?: Opinion[];
  committee?: { standing: Standing; list: string; title: Words; until: string };
  /** Who rated it, for staff. */
  ratings?: { administration: string; by: string; at: number; values: Partial<Record<Criterion, number>> }[];
  /** In an inbox: what this reviewer rated, by administration, and for which of theirs it is here. */
  rated?: Record<string, Partial<Record<Criterion, number>>>;
  for?: string;
  /** A member of the lead; told to its members only. */
  assigned?: string;
  notes?: { by: string; text: string; at: number; rejects_answer?: true }[];
  questions?: Question[];
  consultation?: { id: string; title: string; city: string };
  score: {
    value?: number;
    lowest: number;
    highest: number;
    /** 0: the shipped grid. */
    grid_version: number;
    groups: { workshop: string; supports: number; supporters: number; asked: number }[];
    /** Of all workshops: who took part in several is one of them. */
    supporters: number;
    asked: number;
    criteria: {
      criterion: Criterion;
      weight: number;
      share: number;
      value?: number;
      disagreement: number;
      ratings: { value: number; origin: string }[];
    }[];
  };
}
/** A proposal that was dissolved, or merged into another one. */
export interface Ended {
  id: string;
  title: string;
  state: 'dissolved' | 'merged';
  ended_at: number;
  words: Words;
  contributions: string[];
  into?: { id: string; title: string };
  by?: string;
  seq: number;
  /** The merge can be taken back. */
  can_come_back?: boolean;
}
export interface Docket {
  seq: number;
  consultation: { id: string; title: string };
  workshops: { id: string; title: string }[];
  contributions: Reviewed[];
  proposals: Proposal[];
  ended: Ended[];
  commitments: Commitment[];
  /** In force. */
  grid: Weighted[];
  grids: GridVersion[];
  grid_seq: number;
  lists: CommitteeList[];
  overrulings: Overruling[];
  /** For organisers. */
  questions?: AskedOfUs[];
  members_of_committee: number;
}
/** Of an administration: somebody to whom a proposal can be assigned. */
export interface Member {
  id: string;
  name: string;
  administration: string;
}
export interface Inbox {
  administrations: string[];
  proposals: Proposal[];
  /** Another administration's, to which one of these contributes. */
  contributed: Proposal[];
  commitments: Commitment[];
  members: Member[];
  me: string;
}
export interface Administration {
  id: string;
  kind: string;
  name: Record<string, string>;
}
/** Words that an administration keeps to begin its answers with. */
export interface AnswerTemplate {
  id: string;
  administration: string;
  title: string;
  kind: Answer['kind'];
  words: Words;
  revision: number;
}
/** A problem or a result that may belong to a proposal. */
export interface Beside {
  id: string;
  linked: boolean;
  likeness: number;
}
/** A proposal beside one of this consultation; of another one of the plan when that is named. */
export interface OtherProposal {
  id: string;
  title: string;
  text: string;
  consultation?: { id: string; title: string; city: string };
}
export interface ProposalPair {
  proposal: OtherProposal;
  other: OtherProposal;
  /** Of what is suggested. */
  likeness?: number;
  /** Of a link: it was made here, and not by the other consultation's organisers. */
  own?: boolean;
}
/** What may become a proposal, what may join one, and which proposals say nearly the same. */
export interface Suggestions {
  proposals: { solutions: string[]; likeness: number; beside: Beside[] }[];
  joins: { proposal: string; contributions: Beside[] }[];
  twins: ProposalPair[];
  elsewhere: ProposalPair[];
  links: ProposalPair[];
  told_apart: ProposalPair[];
}
export interface Suggestion {
  administration: string;
  confidence: number;
  reasons: { words?: string; competence?: string; precedent?: string; strength: number }[];
}

/** Did its administration say that it can enter a commitment? */
export const isTaken = (proposal: Proposal): boolean =>
  proposal.answer?.kind === 'taken' || proposal.answer?.kind === 'taken_in_part';

/** One act of the review; throws a Problem. The same act is never done twice: it has an id of its own. */
export const act = (consultation: string, action: string, members: object): Promise<{ seq: number }> =>
  ask('POST', `/api/consultations/${consultation}/review`, { id: uuidv7(), action, ...members });

/** What is public in two languages, in one of them: an English page shows the French. */
export const inLanguage = (words: Words, language: string): string => words[language === 'ar' ? 'ar' : 'fr'];

/** Of what was chosen, what can still be chosen: a form that was kept may have more. */
export const stillAmong = (chosen: readonly string[], choices: readonly { id: string }[]): string[] =>
  chosen.filter((one) => choices.some(({ id }) => id === one));

export const noWords = (): Words => ({ ar: '', fr: '' });

/** May the review still take it up? */
export const isFree = (one: Reviewed): boolean =>
  one.state === 'waiting' && one.live_state === 'shown' && !one.merged_into;

/** What was merged into it at the workshop and shares its fate. */
export const mergedInto = (head: Reviewed, all: readonly Reviewed[]): Reviewed[] =>
  head.behind.contributions === 1
    ? []
    : all.filter(
        (one) => one.merged_into === head.id && one.live_state === 'shown' && one.state === 'waiting',
      );

/** What its author says now. */
export const wordsOf = (one: Reviewed): string => one.revised ?? one.text ?? '';

/** A title out of somebody's words: whole words, up to so many letters. */
export function titleOf(text: string, most = 110): string {
  const line = text.trim().split('\n')[0]!;
  if ([...line].length <= most) return line;
  const cut = [...line].slice(0, most).join('');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trimEnd()}…`;
}
