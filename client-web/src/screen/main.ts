import '$lib/ui/tokens.css';
import '$lib/ui/base.css';
import { mount } from 'svelte';
import { i18n } from '$lib/i18n/index.svelte';
import { pageLoader } from '$lib/i18n/catalogues';
import { LiveWorkshop } from '$lib/live/workshop.svelte';
import { memoryStore } from '$lib/outbox/store';
import Screen from './Screen.svelte';

const workshop = location.pathname.split('/')[2] ?? '';
const live = new LiveWorkshop(workshop, 'screen', memoryStore());
live.start();
void i18n.start(pageLoader(null, import.meta.glob('../messages/screen.*.json') as never)).then(() => {
  mount(Screen, { target: document.getElementById('app')!, props: { live } });
});
