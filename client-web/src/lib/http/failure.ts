import { sentence } from '$lib/i18n/index.svelte';
import { Problem } from './index';

/** What went wrong with a request, as a sentence in the reader's language. */
export const failureOf = (error: unknown): string =>
  sentence(error instanceof Problem ? error.code : 'internal');
