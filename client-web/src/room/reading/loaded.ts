import { readingMenu } from '$lib/reading/loaded';
import ReadAloud from './ReadAloud.svelte';
import { Speech } from './speech.svelte';

/** What makes reading easier. Loaded after the page, which can be read without it. */
export async function reading() {
  return { Menu: await readingMenu(), Aloud: ReadAloud, speech: new Speech() };
}
export type Reading = Awaited<ReturnType<typeof reading>>;
