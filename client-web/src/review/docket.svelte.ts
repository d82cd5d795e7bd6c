import { ask } from '$lib/http';
import type { Docket } from './api';

/** The docket of the consultation that somebody works on. */
export class OpenDocket {
  /** As it was last seen; never older than that. */
  now = $state.raw<Docket | null>(null);
  /** The consultation that was chosen last: the one of `now`, or on its way. */
  chosen = $state('');
  isComing = $derived(this.now !== null && this.now.consultation.id !== this.chosen);

  /** Shows another consultation, once it is here; when it can't be, that of before stays, and this throws. */
  async choose(id: string): Promise<void> {
    this.chosen = id;
    try {
      await this.look(id);
    } catch (error) {
      if (this.chosen !== id) return; // another was chosen meanwhile, and has an answer of its own
      this.chosen = this.now?.consultation.id ?? '';
      throw error;
    }
  }

  /** Looks again at what is shown. */
  look = async (id = this.now?.consultation.id): Promise<void> => {
    if (!id) return;
    const found = await ask<Docket>('GET', `/api/consultations/${id}/review`);
    const isOlder = this.now?.consultation.id === id && found.seq < this.now.seq;
    if (this.chosen === id && !isOlder) this.now = found;
  };

  close(): void {
    this.now = null;
    this.chosen = '';
  }
}
