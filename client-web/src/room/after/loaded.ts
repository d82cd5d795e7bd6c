import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import AfterMeeting from './AfterMeeting.svelte';

const sentences = partLoader(import.meta.glob('../../messages/after.*.json') as never);

/** What stands in the place of writing when the workshop is closed: loaded then. */
export async function afterMeeting(): Promise<typeof AfterMeeting> {
  await i18n.also(sentences);
  return AfterMeeting;
}
