import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import ReadAloud from './ReadAloud.svelte';
import ReadingMenu from './ReadingMenu.svelte';
import { apply, remembered } from './settings';
import { Speech } from './speech.svelte';

const sentences = partLoader(import.meta.glob('../../messages/reading.*.json') as never);

/** What makes reading easier. Loaded after the page, which can be read without it. */
export async function reading() {
  apply(remembered());
  await i18n.also(sentences);
  return { Menu: ReadingMenu, Aloud: ReadAloud, speech: new Speech() };
}
export type Reading = Awaited<ReturnType<typeof reading>>;
