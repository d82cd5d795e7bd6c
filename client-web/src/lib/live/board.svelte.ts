import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type {
  Contribution,
  Event,
  Events,
  Kind,
  Phase,
  Rules,
  Snapshot,
  Theme,
  Timer,
  Welcome,
} from '../generated/protocol';

export type Mine = Welcome['mine']['contributions'][number];

const nothing: Rules = { contribute: [], support: false, edit: false, withdraw: false };

/** The board as this audience sees it: a snapshot, and every event after it. Knows nothing of sockets. */
export class Board {
  epoch = '';
  seq = 0;
  loaded = $state(false);
  title = $state('');
  language = $state('ar');
  questions = $state.raw<Record<string, string>>({});
  phase = $state<Phase>('introduction');
  rules = $state.raw<Rules>(nothing);
  timer = $state.raw<Timer | null>(null);
  themes = $state.raw<Theme[]>([]);
  /** In the order they were added. */
  contributions = new SvelteMap<string, Contribution>();
  mine = new SvelteMap<string, Mine>();
  supported = new SvelteSet<string>();

  read(snapshot: Snapshot): void {
    this.epoch = snapshot.epoch;
    this.seq = snapshot.seq;
    this.title = snapshot.title;
    this.language = snapshot.language;
    this.questions = snapshot.questions as Record<string, string>;
    this.phase = snapshot.phase;
    this.rules = snapshot.rules;
    this.timer = snapshot.timer;
    this.themes = snapshot.themes;
    this.contributions.clear();
    for (const contribution of snapshot.contributions) this.contributions.set(contribution.id, contribution);
    this.loaded = true;
  }

  welcome(welcome: Welcome): void {
    this.phase = welcome.phase;
    this.rules = welcome.rules;
    this.timer = welcome.timer;
    this.mine.clear();
    for (const own of welcome.mine.contributions) this.mine.set(own.id, own);
    this.supported.clear();
    for (const id of welcome.mine.supports) this.supported.add(id);
  }

  /** What the page keeps for a start without network. */
  keep(): object {
    const { epoch, seq, title, language, questions, phase, rules, timer, themes } = this;
    return {
      snapshot: {
        epoch,
        seq,
        title,
        language,
        questions,
        phase,
        rules,
        timer,
        themes,
        contributions: [...this.contributions.values()],
      },
      mine: [...this.mine.values()],
      supports: [...this.supported],
    };
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
    for (const event of events) if (event.seq > this.seq) this.change(event);
    this.seq = last;
    return true;
  }

  private change(event: Event): void {
    switch (event.type) {
      case 'workshop.opened':
        this.title = event.title;
        break;
      case 'phase.entered':
        this.phase = event.phase;
        this.rules = event.rules;
        this.timer = null;
        break;
      case 'timer.set':
        this.timer = event.timer;
        break;
      case 'contribution.added':
      case 'contribution.shown':
        this.contributions.set(event.contribution.id, event.contribution);
        this.own(event.contribution.id, { state: event.contribution.state, reason: undefined });
        break;
      case 'contribution.edited':
        this.update(event.contribution, {
          edits: event.edits,
          ...(event.text === undefined ? {} : { text: event.text }),
        });
        if (event.text !== undefined) this.own(event.contribution, { text: event.text });
        break;
      case 'contribution.withdrawn':
        this.update(event.contribution, { state: 'withdrawn', text: undefined });
        this.own(event.contribution, { state: 'withdrawn', text: undefined });
        break;
      case 'contribution.hidden':
        this.hide(event.contribution, event.reason);
        break;
      case 'contribution.supported':
      case 'contribution.unsupported':
        this.update(event.contribution, { supports: event.supports });
        break;
      case 'contribution.placed':
        this.update(event.contribution, { theme: event.theme ?? undefined });
        break;
      case 'theme.added':
        this.themes = [...this.themes, event.theme];
        break;
      case 'theme.renamed':
        this.themes = this.themes.map((theme) => (theme.id === event.theme.id ? event.theme : theme));
        break;
      case 'theme.removed':
        this.removeTheme(event.theme);
        break;
      default:
        // A newer server may say more than this page knows; what it said has its place in the sequence.
        break;
    }
  }

  private update(id: string, change: Partial<Contribution>): void {
    const before = this.contributions.get(id);
    if (before) this.contributions.set(id, { ...before, ...change });
  }

  private own(id: string, change: Partial<Mine>): void {
    const before = this.mine.get(id);
    if (before) this.mine.set(id, { ...before, ...change });
  }

  private hide(id: string, reason: string): void {
    // The staff view keeps the text: it came with `author`, which the room never sees.
    const staff = this.contributions.get(id)?.author !== undefined;
    this.update(id, { state: 'hidden', reason, ...(staff ? {} : { text: undefined }) });
    this.own(id, { state: 'hidden', reason });
  }

  private removeTheme(id: string): void {
    this.themes = this.themes.filter((theme) => theme.id !== id);
    for (const contribution of [...this.contributions.values()])
      if (contribution.theme === id) this.update(contribution.id, { theme: undefined });
  }
}
