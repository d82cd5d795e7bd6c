// Generated from schemas/ by `npm run generate`.

export type FromServer = Welcome | Events | Ack | Reject | Tick | Presence | Status | Resync | Bye | Snapshot;
export type Role = "screen" | "participant" | "facilitator" | "organiser" | "reviewer" | "committee" | "admin";
/**
 * UUIDv7 (RFC 9562), lower case, with hyphens.
 */
export type Id = string;
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
 * Three groups of four letters and digits without look-alikes, e.g. K7QM-3F9P-XTWB. Known to the author alone.
 */
export type Receipt = string;
/**
 * NFC; at most 500 grapheme clusters for a contribution, 80 for a theme title, 300 for a reason; control and bidirectional override characters are refused, line feeds allowed. maxLength here is the bound in code points that no text may pass.
 */
export type Text = string;
export type Event =
  | WorkshopOpenedEvent
  | PhaseEnteredEvent
  | TimerSetEvent
  | ContributionAddedEvent
  | ContributionEditedEvent
  | ContributionWithdrawnEvent
  | ContributionHiddenEvent
  | ContributionShownEvent
  | ContributionSupportedEvent
  | ContributionUnsupportedEvent
  | ContributionPlacedEvent
  | ThemeAddedEvent
  | ThemeRenamedEvent
  | ThemeRemovedEvent;

/**
 * Server to client, in answer to hello: who you are and where the workshop stands. Followed by events (what was missed) or by a resync.
 */
export interface Welcome {
  type: "welcome";
  you: {
    role: Role;
    id?: Id;
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
   * The participant's own contributions, with their receipts and (while not withdrawn) their texts, and what the participant supports. Empty for other roles.
   */
  mine: {
    contributions: {
      id: Id;
      receipt: Receipt;
      kind: Kind;
      state: "shown" | "hidden" | "withdrawn";
      text?: Text;
      reason?: Text;
    }[];
    supports: Id[];
  };
}
/**
 * What participants may do in the present phase.
 */
export interface Rules {
  /**
   * @maxItems 3
   */
  contribute: Kind[];
  support: boolean;
  edit: boolean;
  withdraw: boolean;
}
/**
 * A deadline in server time.
 */
export interface Timer {
  ends_at: Time;
  duration_ms: number;
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
 * Also stops the timer.
 */
export interface PhaseEnteredEvent {
  type: "phase.entered";
  seq: Seq;
  at: Time;
  phase: Phase;
  rules: Rules;
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
 * A contribution as its audience sees it. text is absent when the state is withdrawn, and for the room when it is hidden. author is present for staff only; author_name only when the author chose to be named.
 */
export interface Contribution {
  id: Id;
  kind: Kind;
  state: "shown" | "hidden" | "withdrawn";
  text?: Text;
  reason?: Text;
  author_name?: string;
  author?: Id;
  theme?: Id;
  /**
   * For a solution: the problems that it answers.
   */
  answers?: Id[];
  /**
   * For a result: the solutions that it follows from.
   */
  follows_from?: Id[];
  supports: number;
  edits: number;
  at: Time;
  seq: Seq;
}
/**
 * text is absent for the room while the contribution is hidden.
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
 * The room forgets the text; staff keep it.
 */
export interface ContributionHiddenEvent {
  type: "contribution.hidden";
  seq: Seq;
  at: Time;
  contribution: Id;
  reason: Text;
}
/**
 * Whole again, with its text.
 */
export interface ContributionShownEvent {
  type: "contribution.shown";
  seq: Seq;
  at: Time;
  contribution: Contribution;
}
export interface ContributionSupportedEvent {
  type: "contribution.supported";
  seq: Seq;
  at: Time;
  contribution: Id;
  /**
   * The tally after this event.
   */
  supports: number;
}
export interface ContributionUnsupportedEvent {
  type: "contribution.unsupported";
  seq: Seq;
  at: Time;
  contribution: Id;
  /**
   * The tally after this event.
   */
  supports: number;
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
 * Server to client: the command is durable. seq is the place of its event, or the present end of the sequence when it changed nothing. receipt comes with a contribution, to its author.
 */
export interface Ack {
  type: "ack";
  id: Id;
  seq: Seq;
  receipt?: Receipt;
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
 * Server to client, ephemeral, at most one a second: connected participants, and how many of them are writing.
 */
export interface Presence {
  type: "presence";
  people: number;
  writing: number;
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
  /**
   * The guiding question of a phase, by phase; phases without one are absent.
   */
  questions: {
    [k: string]: string;
  };
  phase: Phase;
  rules: Rules;
  timer: Timer | null;
  themes: Theme[];
  /**
   * In the order they were added.
   */
  contributions: Contribution[];
}

/** What comes on the live socket. */
export type ServerMessage = Exclude<FromServer, Snapshot>;
