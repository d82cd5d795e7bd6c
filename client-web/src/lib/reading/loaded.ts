import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import ReadingMenu from './ReadingMenu.svelte';

const sentences = partLoader(import.meta.glob('../../messages/reading.*.json') as never);

/** Loaded after the page, which can be read without it. */
export async function readingMenu() {
  await i18n.also(sentences);
  return ReadingMenu;
}
