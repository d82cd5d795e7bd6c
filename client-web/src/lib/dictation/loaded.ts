import { partLoader } from '$lib/i18n/catalogues';
import { i18n } from '$lib/i18n/index.svelte';
import DictationButton from './DictationButton.svelte';

const sentences = partLoader(import.meta.glob('../../messages/dictation.*.json') as never);

export async function dictationButton() {
  await i18n.also(sentences);
  return DictationButton;
}
