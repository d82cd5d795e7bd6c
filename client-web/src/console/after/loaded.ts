import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import ClosedWorkshop from './ClosedWorkshop.svelte';

const sentences = partLoader(import.meta.glob('../../messages/closed.*.json') as never);

/** What is on the console when the workshop is closed: loaded then. */
export async function closedWorkshop(): Promise<typeof ClosedWorkshop> {
  await i18n.also(sentences);
  return ClosedWorkshop;
}
