import { sentence, t } from '$lib/i18n/index.svelte';
import type { LiveWorkshop } from '$lib/live/workshop.svelte';
import type { Reversible } from '../changed';
import type { History, Step } from '../history.svelte';

/** What was done last in a panel, as long as it is the last of all: it can be taken back there. */
export class Doing {
  said = $state('');
  /** Why the last was refused, in words. */
  failed = $state('');
  private step = $state.raw<Step | null>(null);

  constructor(
    private readonly live: Pick<LiveWorkshop, 'complaint'>,
    private readonly history: History,
  ) {}

  get undoable(): boolean {
    return this.step !== null && this.step === this.history.last;
  }
  get waits(): boolean {
    return this.history.waits;
  }

  /** Gives whether all of it was taken. */
  async do(label: string, { commands, inverse }: Reversible): Promise<boolean> {
    const { whole, step } = await this.history.do(label, commands, inverse);
    this.step = step;
    this.failed = whole ? '' : sentence(this.live.complaint?.code ?? 'internal');
    this.said = step ? label : '';
    return whole;
  }

  async undo(): Promise<void> {
    if (this.waits) return;
    const label = await this.history.undo();
    this.said = label === null ? t('said.notUndone') : t('said.undone', { label });
  }
}
