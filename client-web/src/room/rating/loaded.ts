import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import RateSolution from './RateSolution.svelte';

const sentences = partLoader(import.meta.glob('../../messages/rating.*.json') as never);

/** Loaded when solutions are rated, which is late in a workshop. */
export async function rating(): Promise<typeof RateSolution> {
  await i18n.also(sentences);
  return RateSolution;
}
