import { partLoader } from '$lib/i18n/catalogues';
import { i18n, languages } from '$lib/i18n/index.svelte';
import PreviewStrip from './PreviewStrip.svelte';

const sentences = partLoader(import.meta.glob('../../messages/preview.*.json') as never);

/** What a preview says of itself, in the language that it was asked for in; nothing of it is remembered. */
export async function previewStrip(asked: string | null): Promise<typeof PreviewStrip> {
  await i18n.also(sentences);
  const language = languages.find((one) => one === asked);
  if (language) await i18n.use(language);
  return PreviewStrip;
}
