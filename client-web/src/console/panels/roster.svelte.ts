import { t } from '$lib/i18n/index.svelte';
import { ask } from '$lib/http';
import { failureOf } from '$lib/http/failure';

/** As GET /api/workshops/{workshop}/people tells it. */
export interface Attending {
  participant: string;
  alias: string;
  name?: string;
  table?: string;
  contributions: number;
  supports: number;
  spoken_ms: number;
  removed?: boolean;
}

export const nameOf = ({ name, alias }: Pick<Attending, 'name' | 'alias'>): string =>
  name ?? t('people.alias', { alias: alias.slice(0, 4) });

/** Who came to a workshop, as of when it was last looked up. */
export class Roster {
  people = $state.raw<Attending[]>([]);
  /** Why the last look-up failed, in words. */
  failed = $state('');

  constructor(private readonly workshop: string) {}

  /** Gives whether it could be looked up. */
  async look(): Promise<boolean> {
    try {
      this.people = (
        await ask<{ people: Attending[] }>('GET', `/api/workshops/${this.workshop}/people`)
      ).people;
      this.failed = '';
      return true;
    } catch (error) {
      this.failed = failureOf(error);
      return false;
    }
  }
}
