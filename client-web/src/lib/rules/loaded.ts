import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import RoomRules from './RoomRules.svelte';

const sentences = partLoader(import.meta.glob('../../messages/rules.*.json') as never);

export async function roomRules() {
  await i18n.also(sentences);
  return RoomRules;
}
