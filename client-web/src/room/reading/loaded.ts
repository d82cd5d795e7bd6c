import Dictate from '$lib/dictation/Dictate.svelte';
import { readingMenu } from '$lib/reading/loaded';
import { roomRules } from '$lib/rules/loaded';
import ReadAloud from './ReadAloud.svelte';
import { Speech } from './speech.svelte';

/** What makes reading and writing easier. Loaded after the page, which can be read and written on without it. */
export async function reading() {
  return {
    Menu: await readingMenu(),
    Aloud: ReadAloud,
    speech: new Speech(),
    Dictate,
    Rules: await roomRules(),
  };
}
export type Reading = Awaited<ReturnType<typeof reading>>;
