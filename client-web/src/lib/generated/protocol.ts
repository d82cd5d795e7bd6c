// Generated from schemas/ by `npm run generate`.

export type FromServer = Welcome | Events | Ack | Reject | Tick | Presence | Signals | Status | Resync | Bye | Snapshot;
export type Role = "screen" | "participant" | "facilitator" | "organiser" | "reviewer" | "committee" | "admin";
/**
 * UUIDv7 (RFC 9562), lower case, with hyphens.
 */
export type Id = string;
/**
 * A person's public name inside one workshop, derived by the server: another in every workshop. Never beside a contribution.
 */
export type Alias = string;
/**
 * Changes whenever a seq could be reused (restored database). Compare for equality only.
 */
export type Epoch = string;
/**
 * Place in the workshop's one sequence of events; the first event is 1.
 */
export type Seq = number;
/**
 * UTC, milliseconds since 1970-01-01.
 */
export type Time = number;
export type Phase = "introduction" | "problems" | "grouping" | "solutions" | "plenary" | "closed";
export type Kind = "problem" | "solution" | "result";
/**
 * after: shown at once, moderated afterwards. before: waits until a facilitator shows it.
 */
export type Moderation = "after" | "before";
/**
 * Three groups of four letters and digits without look-alikes, e.g. K7QM-3F9P-XTWB. Known to the author alone.
 */
export type Receipt = string;
/**
 * NFC; at most 500 grapheme clusters for a contribution, 80 for a theme title, 40 for a table title, 300 for a reason, note, question, link or caption, 500 for guidance; control and bidirectional override characters are refused, line feeds allowed except in titles and links. maxLength here is the bound in code points that no text may pass.
 */
export type Text = string;
/**
 * The published list of why something is hidden or somebody is removed.
 */
export type Ground =
  "off_topic" | "personal_data" | "disrespect" | "repetition" | "advertising" | "unreadable" | "other";
export type Event =
  | WorkshopOpenedEvent
  | PhaseEnteredEvent
  | AgendaSetEvent
  | SettingsSetEvent
  | FormSetEvent
  | TimerSetEvent
  | ContributionAddedEvent
  | ContributionEditedEvent
  | ContributionWithdrawnEvent
  | ContributionHiddenEvent
  | ContributionShownEvent
  | ContributionSupportedEvent
  | ContributionUnsupportedEvent
  | ContributionRatedEvent
  | ContributionCountedEvent
  | ContributionMergedEvent
  | ContributionUnmergedEvent
  | ContributionTakenOverEvent
  | ContributionRewordAskedEvent
  | ContributionFrozenEvent
  | ContributionsRevealedEvent
  | TalliesHiddenEvent
  | ContributionPlacedEvent
  | ThemeAddedEvent
  | ThemeRenamedEvent
  | ThemeRemovedEvent
  | TableAddedEvent
  | TableRenamedEvent
  | TableRemovedEvent
  | TableRestoredEvent
  | TableSeatedEvent
  | TableRapporteurEvent
  | TableStatusEvent
  | FloorAskedEvent
  | FloorLeftEvent
  | FloorGivenEvent
  | FloorEndedEvent
  | FloorTakenBackEvent
  | ProjectorShownEvent
  | CaptionSetEvent
  | PersonRemovedEvent
  | PersonReadmittedEvent
  | StaffNoteEvent
  | DraftStartedEvent
  | DraftChangedEvent
  | DraftHandedInEvent
  | DraftDiscardedEvent;
/**
 * How a contribution came in: on somebody's own device (the default, left out), on the one phone of a table, typed by a helper for somebody without a phone, from a paper card, by the public form of a written consultation.
 */
export type Channel = "device" | "table" | "proxy" | "paper" | "form";
export type TableStatus = "working" | "finished" | "help";
export type ProjectorView =
  | "board"
  | "question"
  | "theme"
  | "contribution"
  | "results"
  | "timer"
  | "join"
  | "tables"
  | "table"
  | "floor"
  | "blank";
/**
 * An operation of ot-text-unicode: a number keeps so many code points, a string is put in, d deletes so many. What follows is kept without saying so. Of a text right before it; without a part when others left it nothing to do.
 *
 * @minItems 0
 * @maxItems 100
 */
export type TextEdit = (
  | number
  | string
  | {
      d: number;
    }
)[];

/**
 * Server to client, in answer to hello: who you are and where the workshop stands. Followed by events (what was missed) or by a resync.
 */
export interface Welcome {
  type: "welcome";
  you: {
    role: Role;
    id?: Id;
    alias?: Alias;
    /**
     * Display name; absent when anonymous.
     */
    name?: string;
  };
  workshop: Id;
  epoch: Epoch;
  seq: Seq;
  time: Time;
  phase: Phase;
  rules: Rules;
  timer: Timer | null;
  read_only: boolean;
  /**
   * The participant's own contributions, with their receipts and (while not withdrawn) their texts, what the participant supports and how they rated, where they sit, the texts that are written there, and whether they were removed. Empty for other roles.
   */
  mine: {
    contributions: {
      id: Id;
      receipt: Receipt;
      kind: Kind;
      state: "shown" | "waiting" | "hidden" | "withdrawn";
      text?: Text;
      reason?: Text;
      ground?: Ground;
      reword_note?: Text;
      frozen?: true;
    }[];
    supports: Id[];
    /**
     * By contribution.
     */
    ratings: {
      [k: string]: OwnRating;
    };
    table?: Id;
    /**
     * The published list of why something is hidden or somebody is removed.
     */
    removed?: "off_topic" | "personal_data" | "disrespect" | "repetition" | "advertising" | "unreadable" | "other";
    /**
     * As they are on disk; absent when there is none.
     */
    drafts?: {
      id: Id;
      revision: number;
      text: string;
    }[];
  };
}
/**
 * What participants may do in the present phase, as the agenda and the settings of the workshop have it.
 */
export interface Rules {
  /**
   * @maxItems 3
   */
  contribute: Kind[];
  edit: boolean;
  support: boolean;
  withdraw: boolean;
  /**
   * Solutions, on impact and feasibility.
   */
  rate: boolean;
  /**
   * What is written now is veiled until the facilitator reveals it.
   */
  silent: boolean;
  /**
   * Supports that one person may have standing on this stage's contributions (problems; solutions and results). 0: no bound.
   */
  budget: number;
  /**
   * What is written now stands beside nobody's name.
   */
  anonymous: boolean;
  /**
   * A solution comes with the result that is expected of it.
   */
  results_required: boolean;
  /**
   * Between two contributions of one participant; 0: no wait.
   */
  slow_seconds: number;
  /**
   * Participants write nothing new.
   */
  paused: boolean;
  moderation: Moderation;
  /**
   * Only those who speak for a table contribute and hand in.
   */
  rapporteurs_only?: true;
}
/**
 * A deadline in server time; of a timer that is paused, what is left.
 */
export interface Timer {
  ends_at: Time;
  duration_ms: number;
  /**
   * It is paused; ends_at, when it would have ended, says nothing until it goes on.
   */
  left_ms?: number;
}
export interface OwnRating {
  impact: number;
  feasibility: number;
}
/**
 * Server to client: what happened from first to last, as the client's audience sees it, in the order of seq. first of one message is last + 1 of the message before. A tally of supporters that a later one in the same message supersedes is left out.
 */
export interface Events {
  type: "events";
  first: Seq;
  last: Seq;
  /**
   * @minItems 1
   */
  events: Event[];
}
/**
 * The first event.
 */
export interface WorkshopOpenedEvent {
  type: "workshop.opened";
  seq: Seq;
  at: Time;
  title: string;
}
/**
 * Also stops the timer, and closing the workshop ends the floor. Entering a phase may hide tallies; it never shows what was hidden.
 */
export interface PhaseEnteredEvent {
  type: "phase.entered";
  seq: Seq;
  at: Time;
  phase: Phase;
  rules: Rules;
  tallies_hidden: boolean;
}
export interface AgendaSetEvent {
  type: "agenda.set";
  seq: Seq;
  at: Time;
  agenda: AgendaItem[];
  rules: Rules;
}
/**
 * What is planned for a phase: its rules hold while the workshop is in it. What is absent is false, 0 or none; of contribute what the phase is for; of moderation and results_required what the settings say.
 */
export interface AgendaItem {
  phase: Phase;
  question?: Text;
  guidance?: Text;
  /**
   * To slides or a text; https.
   */
  link?: string;
  duration_ms?: number;
  silent?: boolean;
  /**
   * That one person may give in this stage; 0 or absent: no bound.
   */
  supports?: number;
  hide_tallies?: boolean;
  /**
   * What is written in this phase is never shown beside a name.
   */
  anonymous?: boolean;
  /**
   * What participants write in this phase; empty: nothing.
   *
   * @maxItems 3
   */
  contribute?: Kind[];
  /**
   * Of the participants only those who speak for a table contribute and hand in.
   */
  rapporteurs_only?: boolean;
  moderation?: Moderation;
  results_required?: boolean;
}
export interface SettingsSetEvent {
  type: "settings.set";
  seq: Seq;
  at: Time;
  settings: Settings;
  rules: Rules;
}
export interface Settings {
  moderation: Moderation;
  anonymous: boolean;
  results_required: boolean;
  paused: boolean;
  slow_seconds: number;
  /**
   * People who should take part before a result counts; 0: none.
   */
  quorum: number;
}
/**
 * Of a written consultation.
 */
export interface FormSetEvent {
  type: "form.set";
  seq: Seq;
  at: Time;
  days: FormDays;
}
/**
 * When the public form of a written consultation takes contributions: from opens_at, until closes_at.
 */
export interface FormDays {
  opens_at: Time;
  closes_at: Time;
}
export interface TimerSetEvent {
  type: "timer.set";
  seq: Seq;
  at: Time;
  timer: Timer | null;
}
export interface ContributionAddedEvent {
  type: "contribution.added";
  seq: Seq;
  at: Time;
  contribution: Contribution;
}
/**
 * A contribution as its audience sees it. text is absent when the state is withdrawn, and for the room also when it is hidden or waiting, or while it is veiled. author and reword_note are present for staff only, and author not where it was written without names while others are named; author_name only when the author chose to be named and the workshop is not anonymous. supports, together, rating and counted are absent for the room while tallies are hidden.
 */
export interface Contribution {
  id: Id;
  kind: Kind;
  state: "shown" | "waiting" | "hidden" | "withdrawn";
  text?: Text;
  /**
   * Written silently and not yet revealed.
   */
  veiled?: true;
  reason?: Text;
  ground?: Ground;
  author_name?: string;
  author?: Id;
  channel?: Channel;
  /**
   * Declared people behind it; absent: one.
   */
  people?: number;
  table?: Id;
  /**
   * People who wrote it together.
   */
  writers?: number;
  theme?: Id;
  /**
   * For a solution: the problems that it answers.
   */
  answers?: Id[];
  /**
   * For a result: the solutions that it follows from.
   */
  follows_from?: Id[];
  merged_into?: Id;
  supports?: number;
  /**
   * On the head of a group: people who support it or one of its members, each once.
   */
  together?: number;
  rating?: Rating;
  counted?: Counted;
  edits: number;
  /**
   * Its author can't edit it.
   */
  frozen?: true;
  /**
   * Its author was asked to say it differently.
   */
  reword?: true;
  reword_note?: Text;
  at: Time;
  seq: Seq;
}
/**
 * How a solution is rated: people, and sums.
 */
export interface Rating {
  count: number;
  /**
   * Sum of all ratings from 1 to 5.
   */
  impact: number;
  feasibility: number;
}
/**
 * Declared figures of the room, by channel.
 */
export interface Counted {
  hands?: number;
  paper?: number;
}
/**
 * text is absent for the room while the contribution is hidden, waiting or veiled. It answers any question for other words.
 */
export interface ContributionEditedEvent {
  type: "contribution.edited";
  seq: Seq;
  at: Time;
  contribution: Id;
  text?: Text;
  edits: number;
}
export interface ContributionWithdrawnEvent {
  type: "contribution.withdrawn";
  seq: Seq;
  at: Time;
  contribution: Id;
}
/**
 * The room forgets the text; staff keep it. Only what was hidden before there were grounds has none.
 */
export interface ContributionHiddenEvent {
  type: "contribution.hidden";
  seq: Seq;
  at: Time;
  contribution: Id;
  ground?: Ground;
  reason?: Text;
}
/**
 * Whole again, with its text; also what waited for a facilitator.
 */
export interface ContributionShownEvent {
  type: "contribution.shown";
  seq: Seq;
  at: Time;
  contribution: Contribution;
}
/**
 * together belongs to head, the group's first; without head to the contribution itself.
 */
export interface ContributionSupportedEvent {
  type: "contribution.supported";
  seq: Seq;
  at: Time;
  contribution: Id;
  /**
   * The tally after this event; absent for the room while tallies are hidden.
   */
  supports?: number;
  head?: Id;
  together?: number;
}
/**
 * together belongs to head, the group's first; without head to the contribution itself.
 */
export interface ContributionUnsupportedEvent {
  type: "contribution.unsupported";
  seq: Seq;
  at: Time;
  contribution: Id;
  /**
   * The tally after this event; absent for the room while tallies are hidden.
   */
  supports?: number;
  head?: Id;
  together?: number;
}
export interface ContributionRatedEvent {
  type: "contribution.rated";
  seq: Seq;
  at: Time;
  contribution: Id;
  rating?: Rating;
}
export interface ContributionCountedEvent {
  type: "contribution.counted";
  seq: Seq;
  at: Time;
  contribution: Id;
  counted?: Counted;
}
/**
 * Members of what is merged come along.
 */
export interface ContributionMergedEvent {
  type: "contribution.merged";
  seq: Seq;
  at: Time;
  contributions: Id[];
  into: Id;
  together?: number;
}
/**
 * heads: those whose group is another now, with its figure while it is still a group.
 */
export interface ContributionUnmergedEvent {
  type: "contribution.unmerged";
  seq: Seq;
  at: Time;
  contributions: Id[];
  heads: {
    contribution: Id;
    together?: number;
  }[];
}
/**
 * For staff: who went on with a card that the other held. The room sees that the sequence went on.
 */
export interface ContributionTakenOverEvent {
  type: "contribution.taken_over";
  seq: Seq;
  at: Time;
  contribution?: Id;
  from?: Alias;
  who?: Alias;
}
/**
 * The note is for staff here; the author finds it in welcome. Null: it is asked no longer.
 */
export interface ContributionRewordAskedEvent {
  type: "contribution.reword_asked";
  seq: Seq;
  at: Time;
  contribution: Id;
  note?: Text | null;
}
export interface ContributionFrozenEvent {
  type: "contribution.frozen";
  seq: Seq;
  at: Time;
  contribution: Id;
  on: boolean;
}
/**
 * What was written silently, whole. What is written in this phase from now on is not veiled.
 */
export interface ContributionsRevealedEvent {
  type: "contributions.revealed";
  seq: Seq;
  at: Time;
  contributions: Contribution[];
}
/**
 * tallies: of every contribution with any figure when they are shown; empty when they are hidden.
 */
export interface TalliesHiddenEvent {
  type: "tallies.hidden";
  seq: Seq;
  at: Time;
  on: boolean;
  tallies: Tally[];
}
export interface Tally {
  contribution: Id;
  supports: number;
  together?: number;
  rating?: Rating;
  counted?: Counted;
}
export interface ContributionPlacedEvent {
  type: "contribution.placed";
  seq: Seq;
  at: Time;
  contribution: Id;
  theme: Id | null;
}
export interface ThemeAddedEvent {
  type: "theme.added";
  seq: Seq;
  at: Time;
  theme: Theme;
}
export interface Theme {
  id: Id;
  title: Text;
}
export interface ThemeRenamedEvent {
  type: "theme.renamed";
  seq: Seq;
  at: Time;
  theme: Theme;
}
export interface ThemeRemovedEvent {
  type: "theme.removed";
  seq: Seq;
  at: Time;
  theme: Id;
}
/**
 * table is absent when it has been removed since.
 */
export interface TableAddedEvent {
  type: "table.added";
  seq: Seq;
  at: Time;
  table?: Table;
}
export interface Table {
  id: Id;
  title: Text;
  status: TableStatus;
  /**
   * Seated there.
   */
  people: number;
  rapporteur?: Alias;
  rapporteur_name?: string;
}
export interface TableRenamedEvent {
  type: "table.renamed";
  seq: Seq;
  at: Time;
  table: Id;
  title: Text;
}
export interface TableRemovedEvent {
  type: "table.removed";
  seq: Seq;
  at: Time;
  table: Id;
}
/**
 * who sit there again; participants is for staff. table is absent when it has been removed since.
 */
export interface TableRestoredEvent {
  type: "table.restored";
  seq: Seq;
  at: Time;
  table?: Table;
  who: Alias[];
  participants?: Id[];
}
/**
 * people: of every table that changed. participants is for staff.
 */
export interface TableSeatedEvent {
  type: "table.seated";
  seq: Seq;
  at: Time;
  table: Id | null;
  who: Alias[];
  people: {
    table: Id;
    people: number;
  }[];
  participants?: Id[];
}
/**
 * participant is for staff.
 */
export interface TableRapporteurEvent {
  type: "table.rapporteur";
  seq: Seq;
  at: Time;
  table: Id;
  who: Alias | null;
  name?: string;
  participant?: Id;
}
export interface TableStatusEvent {
  type: "table.status";
  seq: Seq;
  at: Time;
  table: Id;
  status: TableStatus;
}
export interface FloorAskedEvent {
  type: "floor.asked";
  seq: Seq;
  at: Time;
  floor: Floor;
}
export interface Floor {
  speaking?: Speaker;
  /**
   * In the order in which to speak: who has spoken least first, then who asked first.
   */
  queue: Person[];
}
/**
 * Who has the floor.
 */
export interface Speaker {
  who: Alias;
  name?: string;
  participant?: Id;
  since: Time;
}
/**
 * Somebody, as the room may know them. participant is present for staff only.
 */
export interface Person {
  who: Alias;
  /**
   * Display name; absent when anonymous.
   */
  name?: string;
  participant?: Id;
}
export interface FloorLeftEvent {
  type: "floor.left";
  seq: Seq;
  at: Time;
  floor: Floor;
}
export interface FloorGivenEvent {
  type: "floor.given";
  seq: Seq;
  at: Time;
  floor: Floor;
}
export interface FloorEndedEvent {
  type: "floor.ended";
  seq: Seq;
  at: Time;
  floor: Floor;
}
/**
 * The last giving or ending of the floor is as if it had not been.
 */
export interface FloorTakenBackEvent {
  type: "floor.taken_back";
  seq: Seq;
  at: Time;
  floor: Floor;
}
export interface ProjectorShownEvent {
  type: "projector.shown";
  seq: Seq;
  at: Time;
  projector: Projector;
}
/**
 * What the room's screen shows. target: the theme or contribution of these two views.
 */
export interface Projector {
  view: ProjectorView;
  target?: Id;
}
export interface CaptionSetEvent {
  type: "caption.set";
  seq: Seq;
  at: Time;
  text: Text | null;
}
/**
 * participant and ground are for staff. Who is removed no longer asks to speak.
 */
export interface PersonRemovedEvent {
  type: "person.removed";
  seq: Seq;
  at: Time;
  who: Alias;
  name?: string;
  participant?: Id;
  ground?: Ground;
}
/**
 * participant is for staff.
 */
export interface PersonReadmittedEvent {
  type: "person.readmitted";
  seq: Seq;
  at: Time;
  who: Alias;
  name?: string;
  participant?: Id;
}
/**
 * Its words are for staff; the room sees that the sequence went on. answers is the seq of the note that it answers.
 */
export interface StaffNoteEvent {
  type: "staff.note";
  seq: Seq;
  at: Time;
  text?: Text;
  name?: string;
  who?: Alias;
  answers?: Seq;
}
/**
 * draft is absent when it has ended since.
 */
export interface DraftStartedEvent {
  type: "draft.started";
  seq: Seq;
  at: Time;
  draft?: Draft;
}
/**
 * A text that a table writes together; without a table everybody may write in it.
 */
export interface Draft {
  id: Id;
  kind: "solution" | "result";
  table?: Id;
  answers?: Id[];
  follows_from?: Id[];
  /**
   * UUIDv7 (RFC 9562), lower case, with hyphens.
   */
  result_of?: string;
  /**
   * At most 2000 code points. For the room absent where others write it at their table; who sits there finds it in welcome.
   */
  text?: string;
  /**
   * How many edits it has had.
   */
  revision: number;
  /**
   * People who have written in it.
   */
  writers: number;
}
/**
 * An edit of the text right before it, and so not always as it was sent. revision is the one after; absent when the draft has ended since. edit and who are absent where others write at their table.
 */
export interface DraftChangedEvent {
  type: "draft.changed";
  seq: Seq;
  at: Time;
  draft: Id;
  revision?: number;
  edit?: TextEdit;
  who?: Alias;
}
export interface DraftHandedInEvent {
  type: "draft.handed_in";
  seq: Seq;
  at: Time;
  draft: Id;
  contribution: Contribution;
}
export interface DraftDiscardedEvent {
  type: "draft.discarded";
  seq: Seq;
  at: Time;
  draft: Id;
}
/**
 * Server to client: the command is durable. seq is the place of its event, or the present end of the sequence when it changed nothing. receipt comes with a contribution, to its author. result is the contribution that was made of the expected result of a solution, to the same.
 */
export interface Ack {
  type: "ack";
  id: Id;
  seq: Seq;
  receipt?: Receipt;
  result?: Receipted;
}
export interface Receipted {
  contribution: Id;
  receipt: Receipt;
}
/**
 * Server to client: the message had no effect. code is one of schemas/codes.json; field names the member at fault, limit the bound that was passed. id is absent when none could be read.
 */
export interface Reject {
  type: "reject";
  id?: string;
  code: string;
  field?: string;
  limit?: number;
}
/**
 * Server to client, every 15 s: nothing heard for 35 s means a dead socket; a seq beyond one's own means a gap.
 */
export interface Tick {
  type: "tick";
  time: Time;
  seq: Seq;
}
/**
 * Server to client, ephemeral, at most one a second: connected participants, how many of them are writing, and how many have written nothing yet.
 */
export interface Presence {
  type: "presence";
  people: number;
  unwritten: number;
  writing: number;
}
/**
 * Server to client, ephemeral, at most one each 300 ms and only when something changed: all signals there are now, in place of those before. Holds go to staff; cursors to those who write in the same draft, or sit at its table.
 */
export interface Signals {
  type: "signals";
  items: SignalItem[];
}
export interface SignalItem {
  kind: "hold" | "cursor";
  who: Alias;
  name?: string;
  target: Id;
  at?: number;
}
/**
 * Server to client: the workshop turned read-only (its journal cannot be written) or writable again; then unacknowledged commands are to be sent again.
 */
export interface Status {
  type: "status";
  read_only: boolean;
}
/**
 * Server to client: no events follow until the client has fetched the snapshot and said hello with its epoch and seq.
 */
export interface Resync {
  type: "resync";
  snapshot: string;
  reason: "no_resume_point" | "epoch_changed" | "too_far_behind" | "too_slow";
}
/**
 * Server to client: the server is going away; come back after retry_after_ms (already jittered).
 */
export interface Bye {
  type: "bye";
  reason: "restart";
  retry_after_ms: number;
}
/**
 * A workshop's whole board at one seq, as its audience sees it. GET /api/workshops/{workshop}/snapshot.
 */
export interface Snapshot {
  workshop: Id;
  audience: "room" | "staff";
  epoch: Epoch;
  seq: Seq;
  time: Time;
  title: string;
  language: "ar" | "fr" | "en";
  agenda: AgendaItem[];
  settings: Settings;
  form?: FormDays1;
  /**
   * The guiding question of a phase, by phase; phases without one are absent.
   */
  questions: {
    [k: string]: string;
  };
  phase: Phase;
  rules: Rules;
  timer: Timer | null;
  /**
   * From the room: supports, together, rating and counted are absent.
   */
  tallies_hidden: boolean;
  themes: Theme[];
  /**
   * In the order they were added.
   */
  contributions: Contribution[];
  tables: Table[];
  floor: Floor;
  projector: Projector;
  caption: Text | null;
  /**
   * Those that are being written.
   */
  drafts: Draft[];
  /**
   * For staff: the last kStaffNotes that they told each other, the oldest first.
   */
  notes?: StaffNote[];
  /**
   * For staff: the table of each participant who sits at one.
   */
  seats?: {
    [k: string]: Id;
  };
  /**
   * For staff: participants who were removed.
   */
  removed?: Id[];
}
/**
 * When the public form of a written consultation takes contributions: from opens_at, until closes_at.
 */
export interface FormDays1 {
  opens_at: Time;
  closes_at: Time;
}
export interface StaffNote {
  seq: Seq;
  at: Time;
  text: Text;
  name?: string;
  answers?: Seq;
  who: Alias;
}

/** What comes on the live socket. */
export type ServerMessage = Exclude<FromServer, Snapshot>;
