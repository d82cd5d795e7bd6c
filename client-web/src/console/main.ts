import '$lib/ui/tokens.css';
import '$lib/ui/base.css';
import '$lib/reading/applied';
import { mount } from 'svelte';
import { i18n } from '$lib/i18n/index.svelte';
import { pageLoader } from '$lib/i18n/catalogues';
import Console from './Console.svelte';

const loader = pageLoader(
  import.meta.glob('$lib/generated/codes.console.*.json') as never,
  import.meta.glob('../messages/console.*.json') as never,
  import.meta.glob('../messages/board.*.json') as never,
);
void i18n.start(loader).then(() => {
  mount(Console, { target: document.getElementById('app')! });
});
