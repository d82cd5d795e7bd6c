import { ask } from '$lib/http';
import { i18n } from '$lib/i18n/index.svelte';
import type { Administration } from './api';

/** The register of administrations, by id, named in the page's language. */
export class Administrations {
  all = $state.raw<Administration[]>([]);

  async load(): Promise<void> {
    this.all = (
      await ask<{ administrations: Administration[] }>('GET', '/api/administrations')
    ).administrations;
  }
  /** In the order of the alphabet of the page's language. */
  byName = $derived.by(() => {
    const { compare } = new Intl.Collator(i18n.language);
    return [...this.all].sort((one, other) => compare(this.name(one.id), this.name(other.id)));
  });
  name(id: string | undefined): string {
    const found = this.all.find((one) => one.id === id);
    return found?.name[i18n.language] ?? found?.name.fr ?? id ?? '';
  }
}
