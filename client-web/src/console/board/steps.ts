import type { Ground, Theme } from '$lib/generated/protocol';
import { t } from '$lib/i18n/index.svelte';
import type { LiveWorkshop } from '$lib/live/workshop.svelte';
import type { Announcer } from '$lib/ui/announcer.svelte';
import type { History } from '../history.svelte';
import * as acts from './acts';
import { ahead } from './ahead';
import type { Arrangement } from './arrangement.svelte';
import type { Holding } from './holding.svelte';
import { short } from './names';
import type { Placing } from './placing.svelte';
import type { RovingFocus } from './roving-focus';
import type { Selection } from './selection.svelte';
import { themeNamed } from './suggested';

/** Where a step shows on the board. */
interface Shown {
  selection: Selection;
  holding: Holding;
  focus: RovingFocus;
  arrangement: Arrangement;
  placing: Placing;
}

/**
 * What the facilitator does with cards and themes: it is said, sent, and can be undone as one step. The selection it
 * was meant for ends with it, and the focus goes on to a card that stays.
 */
export class Steps {
  constructor(
    private readonly live: LiveWorkshop,
    private readonly history: History,
    private readonly announcer: Announcer,
    private readonly shown: Shown,
  ) {}

  /** Those that nobody else has in hand; how many are left alone is said. */
  free(ids: string[]): string[] {
    const mine = ids.filter((id) => this.shown.holding.holder(id) === undefined);
    if (mine.length < ids.length) this.announcer.say(t('card.left', { count: ids.length - mine.length }));
    return mine;
  }

  async place(ids: string[], theme: string | null): Promise<void> {
    const act = acts.place(this.ahead, this.free(ids), theme);
    const moved = act.commands.map((one) => one.contribution as string);
    if (moved.length === 0) return;
    const words = short(this.get(ids[0]!)?.text);
    const title = this.ahead.themes.find((one) => one.id === theme)?.title ?? t('ungrouped');
    this.goOnAfter(ids);
    const answered = this.shown.placing.put(moved, theme);
    this.shown.selection.clear();
    const said =
      ids.length === 1
        ? t('said.placed', { words, theme: title })
        : t('said.placedMany', { count: ids.length, theme: title });
    // The card is where it was put before anything is sent: both at once would hold up a slow laptop's frame.
    await new Promise((later) => setTimeout(later));
    answered(await this.step(t('undo.place'), act, said));
  }

  /** A theme that has this title already takes the cards. */
  newTheme(ids: string[], title: string): void {
    const known = themeNamed(this.ahead.themes, title);
    if (known) return void this.place(ids, known.id);
    const mine = this.free(ids);
    const act = acts.newTheme(this.ahead, title, mine);
    this.goOnAfter(mine);
    this.shown.selection.clear();
    const said = mine.length > 0 ? t('said.theme', { title, count: mine.length }) : t('undo.theme');
    void this.step(t('undo.theme'), act, said);
  }

  renameTheme(theme: Theme, title: string): void {
    void this.step(t('undo.rename'), acts.renameTheme(this.ahead, theme.id, title));
  }

  removeTheme(theme: Theme): Promise<boolean> {
    return this.step(t('undo.themeRemoved'), acts.removeTheme(this.ahead, theme));
  }

  merge(into: string, ids: string[]): void {
    this.goOnAfter(ids);
    this.shown.selection.clear();
    const said = t('said.merged', { count: ids.length + 1 });
    void this.step(t('undo.merge'), acts.merge(this.ahead, into, ids), said);
  }

  unmerge(head: string, ids: string[]): void {
    const { holding } = this.shown;
    if (holding.holder(head) !== undefined) return void holding.pick(head);
    void this.step(t('undo.unmerge'), acts.unmerge(this.ahead, head, ids));
  }

  hide(ids: string[], ground: Ground, reason: string): void {
    const waits = ids.some((id) => this.get(id)?.state === 'waiting');
    // Of what waits nothing is in a column, and among the hidden it stays.
    if (!waits && this.shown.arrangement.filter !== 'hidden') this.goOnAfter(ids);
    this.shown.selection.clear();
    const label = waits ? t('undo.hideWaiting') : t('undo.hide');
    const said = t('said.hidden', { count: ids.length });
    void this.step(label, acts.hide(this.ahead, ids, ground, reason), said);
  }

  /** Shows what was hidden, and lets through what waits. */
  show(ids: string[]): void {
    const approves = ids.some((id) => this.get(id)?.state === 'waiting');
    this.shown.selection.clear();
    const label = approves ? t('undo.approve') : t('undo.show');
    const act = acts.show(this.ahead, ids, t('hide.approvedByMistake'));
    void this.step(label, act, t('said.shown', { count: ids.length }));
  }

  /** Freezes cards, or thaws them when all are frozen. */
  freeze(ids: string[]): void {
    const mine = this.free(ids);
    const { ahead } = this;
    const on = mine.some((id) => !ahead.contributions.get(id)?.frozen);
    void this.step(on ? t('undo.freeze') : t('undo.thaw'), acts.freeze(ahead, mine, on));
  }

  /** Asks the author for other words. */
  reword(id: string, note: string): void {
    void this.step(t('undo.reword'), acts.reword(this.ahead, id, note), t('said.reword'));
  }

  async undo(): Promise<void> {
    if (this.history.waits) return this.announcer.say(t('undo.waits'));
    if (!this.history.last) return;
    const label = await this.history.undo();
    this.announcer.say(label === null ? t('said.notUndone') : t('said.undone', { label }));
  }

  private get board() {
    return this.live.board;
  }

  /** What acts are meant for. The board alone shows what was done; it is what undoing looks at. */
  get ahead(): acts.Look {
    return ahead(this.board, this.live.outbox.values(), this.shown.placing.themes);
  }

  private get(id: string) {
    return this.board.contributions.get(id);
  }

  private async step(label: string, act: acts.Act, said = label): Promise<boolean> {
    this.say(said);
    return (await this.history.do(label, act.commands, () => act.inverse(this.board))).whole;
  }

  /** Without a connection nothing of it is done yet. */
  private say(said: string): void {
    this.announcer.say(this.live.state === 'live' ? said : t('card.pending'));
  }

  /** When these cards leave their place, the next one there has the focus: grouping goes on without searching. */
  private goOnAfter(ids: string[]): void {
    const { focus, arrangement } = this.shown;
    if (focus.card) focus.goOn(arrangement.columnOf(focus.card), ids);
  }
}
