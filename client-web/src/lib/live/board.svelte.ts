import type {
  AgendaItem,
  Contribution,
  Event,
  Events,
  FormDays,
  Kind,
  Phase,
  Projector,
  Rules,
  Settings,
  Snapshot,
  Theme,
  Timer,
  Welcome,
} from '../generated/protocol';
import { Cards } from './cards.svelte';
import { Drafts } from './drafts.svelte';
import { People } from './people.svelte';
import { Tables } from './tables.svelte';

export type { Mine } from './cards.svelte';
export type { StaffNote } from './people.svelte';
/** What events could not tell: what is in a welcome's `mine` alone, or more than that. */
export type Missing = 'mine' | 'board';

const noRules: Rules = {
  contribute: [],
  edit: false,
  support: false,
  withdraw: false,
  rate: false,
  silent: false,
  budget: 0,
  anonymous: false,
  results_required: false,
  slow_seconds: 0,
  paused: false,
  moderation: 'after',
};
const noSettings: Settings = {
  moderation: 'after',
  anonymous: false,
  results_required: false,
  paused: false,
  slow_seconds: 0,
  quorum: 0,
};

/** All that a board begins with. */
export type BoardSnapshot = Omit<Snapshot, 'workshop' | 'time'>;

/** The board as this audience sees it: a snapshot, and every event after it. Knows nothing of sockets. */
export class Board {
  epoch = '';
  seq = 0;
  loaded = $state(false);
  title = $state('');
  language = $state<Snapshot['language']>('ar');
  agenda = $state.raw<AgendaItem[]>([]);
  settings = $state.raw<Settings>(noSettings);
  /** Of a written consultation, which has no room: when its form is open. */
  form = $state.raw<FormDays | null>(null);
  questions = $state.raw<Record<string, string>>({});
  phase = $state<Phase>('introduction');
  /**
   * When it was entered, or at the latest, in the server's time; null where that was before this page looked.
   */
  phaseSince = $state<number | null>(null);
  rules = $state.raw<Rules>(noRules);
  timer = $state.raw<Timer | null>(null);
  /** From the room. Figures of contributions are absent then, which is not 0. */
  talliesHidden = $state(false);
  themes = $state.raw<Theme[]>([]);
  projector = $state.raw<Projector>({ view: 'board' });
  caption = $state<string | null>(null);
  readonly cards = new Cards();
  readonly people = new People();
  readonly tables = new Tables();
  readonly drafts = new Drafts();
  private missing: Missing | null = null;

  get audience(): Snapshot['audience'] {
    return this.cards.audience;
  }
  get contributions() {
    return this.cards.all;
  }
  get mine() {
    return this.cards.mine;
  }
  get supported() {
    return this.cards.supported;
  }
  get myRatings() {
    return this.cards.ratings;
  }
  get mySeat(): string | null {
    return this.tables.mySeat;
  }
  get amRapporteur(): boolean {
    return this.alias !== '' && this.tables.mine?.rapporteur === this.alias;
  }
  /** Where only those who speak for a table hand in: whether one does. */
  get mayHandIn(): boolean {
    return !this.rules.rapporteurs_only || this.amRapporteur;
  }
  get alias(): string {
    return this.people.alias;
  }
  get amRemoved(): boolean {
    return this.people.amRemoved;
  }
  /** Why, once it is known. */
  get removedFor() {
    return this.people.removedFor;
  }
  get removed() {
    return this.people.removed;
  }
  get notes() {
    return this.people.notes;
  }
  get floor() {
    return this.people.floor;
  }
  get askedForFloor(): boolean {
    return this.people.askedForFloor;
  }
  get haveFloor(): boolean {
    return this.people.haveFloor;
  }
  /** What is planned for the present phase. */
  get plan(): AgendaItem | undefined {
    return this.agenda.find((item) => item.phase === this.phase);
  }
  /** Words are kept from the room until somebody shows them, so that a text is written at a table only. */
  get isWrittenApart(): boolean {
    return this.rules.silent || this.rules.moderation === 'before';
  }
  /** What is expected of this solution and of those that were merged into it, as far as it is shown. */
  resultsOf(solution: string): Contribution[] {
    return this.cards.resultsOf(solution);
  }
  /** What was merged into this contribution. */
  members(head: string): Contribution[] {
    return this.cards.members(head);
  }
  /** Supports that one may still give to this kind; null: as many as one likes. */
  supportsLeft(kind: Kind, supported: Iterable<string> = this.supported): number | null {
    const { budget } = this.rules;
    return budget === 0 ? null : Math.max(0, budget - this.cards.givenFor(kind, supported));
  }

  /** `time`: the server's, of which what was kept on the device says nothing. */
  read(snapshot: BoardSnapshot & { time?: number }): void {
    this.epoch = snapshot.epoch;
    this.seq = snapshot.seq;
    this.title = snapshot.title;
    this.language = snapshot.language;
    this.agenda = snapshot.agenda;
    this.settings = snapshot.settings;
    this.form = snapshot.form ?? null;
    this.questions = snapshot.questions;
    this.enter(snapshot.phase, snapshot.time ?? null);
    this.rules = snapshot.rules;
    this.timer = snapshot.timer;
    this.talliesHidden = snapshot.tallies_hidden;
    this.themes = snapshot.themes;
    this.projector = snapshot.projector;
    this.caption = snapshot.caption;
    this.cards.read(snapshot);
    this.tables.read(snapshot.tables, snapshot.seats);
    this.drafts.read(snapshot.drafts);
    this.people.read(snapshot.floor, snapshot.removed, snapshot.notes);
    this.missing = null;
    this.loaded = true;
  }

  welcome({ you, phase, rules, timer, mine, time }: Welcome): void {
    this.enter(phase, time);
    this.rules = rules;
    this.timer = timer;
    this.readMine(you.alias ?? '', mine);
  }

  readMine(alias: string, mine: Welcome['mine']): void {
    this.people.alias = alias;
    this.people.removedFor = mine.removed ?? null;
    this.people.amRemoved = mine.removed !== undefined;
    this.cards.readMine(mine);
    this.tables.mySeat = mine.table ?? null;
    this.drafts.readMine(mine.drafts);
  }

  count(kind: Kind): number {
    let count = 0;
    for (const contribution of this.contributions.values())
      if (contribution.kind === kind && contribution.state === 'shown') count++;
    return count;
  }

  /** Takes the next events. Gives false when they are not the next: there is a gap. */
  take({ first, last, events }: Events): boolean {
    if (last <= this.seq) return true;
    if (first > this.seq + 1) return false;
    for (const event of events) {
      if (event.seq <= this.seq) continue;
      // First: who hears of the change may ask how far the board is.
      this.seq = event.seq;
      this.change(event);
    }
    this.seq = last;
    return true;
  }

  /** What has to be asked for since this was last called. */
  takeMissing(): Missing | null {
    const { missing } = this;
    this.missing = null;
    return missing;
  }

  /** No event told when. */
  private enter(phase: Phase, noticed: number | null): void {
    if (this.phase !== phase) this.phaseSince = noticed;
    this.phase = phase;
  }

  /** A newer server may say more than this page knows; what it said has its place in the sequence. */
  private change(event: Event): void {
    if (event.type === 'draft.handed_in' && this.drafts.mayBeBy(event.draft, this.alias, this.mySeat))
      this.missing ??= 'mine'; // its receipt
    this.steer(event);
    this.people.take(event);
    this.cards.take(event);
    this.tables.take(event, this.alias);
    this.drafts.take(event);
    this.notice(event);
  }

  private steer(event: Event): void {
    switch (event.type) {
      case 'workshop.opened':
        this.title = event.title;
        break;
      case 'phase.entered':
        this.phase = event.phase;
        this.phaseSince = event.at;
        this.rules = event.rules;
        this.talliesHidden = event.tallies_hidden;
        this.timer = null;
        break;
      case 'timer.set':
        this.timer = event.timer;
        break;
      case 'agenda.set':
        this.agenda = event.agenda;
        this.rules = event.rules;
        this.questions = Object.fromEntries(
          event.agenda.flatMap(({ phase, question }) => (question === undefined ? [] : [[phase, question]])),
        );
        break;
      case 'settings.set':
        // Names that were taken away come back with a snapshot only.
        if (this.settings.anonymous && !event.settings.anonymous) this.missing = 'board';
        this.settings = event.settings;
        this.rules = event.rules;
        break;
      case 'form.set':
        this.form = event.days;
        break;
      case 'tallies.hidden':
        this.talliesHidden = event.on;
        break;
      case 'contributions.revealed':
        this.rules = { ...this.rules, silent: false };
        break;
      case 'projector.shown':
        this.projector = event.projector;
        break;
      case 'caption.set':
        this.caption = event.text;
        break;
      case 'theme.added':
        this.themes = [...this.themes, event.theme];
        break;
      case 'theme.renamed':
        this.themes = this.themes.map((theme) => (theme.id === event.theme.id ? event.theme : theme));
        break;
      case 'theme.removed':
        this.themes = this.themes.filter((theme) => theme.id !== event.theme);
        break;
    }
  }

  private notice(event: Event): void {
    if (this.drafts.lost) this.missing = 'board';
    const concernsMe =
      (event.type === 'contribution.reword_asked' && this.mine.has(event.contribution)) ||
      ((event.type === 'table.seated' || event.type === 'table.restored') &&
        event.who.includes(this.alias)) ||
      ((event.type === 'person.removed' || event.type === 'person.readmitted') && event.who === this.alias);
    if (concernsMe) this.missing ??= 'mine';
  }
}
