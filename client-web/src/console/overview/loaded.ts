import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import OverviewPage from './OverviewPage.svelte';

const sentences = partLoader(import.meta.glob('../../messages/overview.*.json') as never);

/** The page with its sentences: facilitators never need it. */
export async function overviewPage(): Promise<typeof OverviewPage> {
  await i18n.also(sentences);
  return OverviewPage;
}
