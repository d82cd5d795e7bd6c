import type { Kind, Phase, Rules } from '$lib/generated/protocol';

/** What can be written. While writing is paused the rules name nothing: what it was in this phase, so that what is
 * half typed keeps its form. */
export class HeldKinds {
  private before: { phase: Phase; kinds: Kind[] } | null = null;

  of(phase: Phase, { contribute, paused }: Pick<Rules, 'contribute' | 'paused'>): Kind[] {
    if (!paused) this.before = { phase, kinds: contribute };
    return paused && contribute.length === 0 && this.before?.phase === phase ? this.before.kinds : contribute;
  }
}
