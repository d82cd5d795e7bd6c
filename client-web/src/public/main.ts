import '$lib/ui/tokens.css';
import '$lib/ui/base.css';
import { mount } from 'svelte';
import { i18n } from '$lib/i18n/index.svelte';
import { pageLoader } from '$lib/i18n/catalogues';
import Public from './Public.svelte';

void i18n.start(pageLoader(import.meta.glob('../messages/review.*.json') as never)).then(() => {
  mount(Public, { target: document.getElementById('app')! });
});
