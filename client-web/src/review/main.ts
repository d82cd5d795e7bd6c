import '$lib/ui/tokens.css';
import '$lib/ui/base.css';
import '$lib/reading/applied';
import { mount } from 'svelte';
import { i18n } from '$lib/i18n/index.svelte';
import { pageLoader } from '$lib/i18n/catalogues';
import Review from './Review.svelte';

const loader = pageLoader(
  import.meta.glob('$lib/generated/codes.review.*.json') as never,
  import.meta.glob('../messages/fate.*.json') as never,
  import.meta.glob('../messages/review.*.json') as never,
);
void i18n.start(loader).then(() => {
  mount(Review, { target: document.getElementById('app')! });
});
