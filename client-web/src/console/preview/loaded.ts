import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import PreviewPane from './PreviewPane.svelte';

const sentences = partLoader(import.meta.glob('../../messages/preview.*.json') as never);

/** The pane with its sentences: what is loaded when it is first opened. */
export async function previewPane(): Promise<typeof PreviewPane> {
  await i18n.also(sentences);
  return PreviewPane;
}
