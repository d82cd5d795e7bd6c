import '$lib/ui/tokens.css';
import '$lib/ui/base.css';
import '$lib/reading/applied';
import { mount } from 'svelte';
import { i18n } from '$lib/i18n/index.svelte';
import { pageLoader } from '$lib/i18n/catalogues';
import { keepShell } from '$lib/service-worker';
import Receipt from './Receipt.svelte';

const loader = pageLoader(
  import.meta.glob('$lib/generated/codes.receipt.*.json') as never,
  import.meta.glob('../messages/receipt.*.json') as never,
);
void i18n.start(loader).then(() => {
  mount(Receipt, { target: document.getElementById('app')! });
});
keepShell();
