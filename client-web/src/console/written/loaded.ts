import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import BeginWritten from './BeginWritten.svelte';
import FormBar from './FormBar.svelte';

const sentences = partLoader(import.meta.glob('../../messages/written.*.json') as never);

/** What a console needs of written consultations: loaded when one is opened, or begun. */
export async function written(): Promise<{
  BeginWritten: typeof BeginWritten;
  FormBar: typeof FormBar;
}> {
  await i18n.also(sentences);
  return { BeginWritten, FormBar };
}
