import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import TableTab from './TableTab.svelte';

const sentences = partLoader(import.meta.glob('../../messages/table.*.json') as never);

/** The tab with its sentences: what is loaded when it is first opened. */
export async function tableTab(): Promise<typeof TableTab> {
  await i18n.also(sentences);
  return TableTab;
}
