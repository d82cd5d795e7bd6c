import '$lib/ui/tokens.css';
import '$lib/ui/base.css';
import { mount } from 'svelte';
import { i18n } from '$lib/i18n/index.svelte';
import { pageLoader } from '$lib/i18n/catalogues';
import { LiveWorkshop } from '$lib/live/workshop.svelte';
import { deviceStore } from '$lib/outbox/store';
import { keepShell } from '$lib/service-worker';
import Room from './Room.svelte';

const workshop = location.pathname.split('/')[2] ?? '';
const live = new LiveWorkshop(workshop, 'participant', deviceStore());
live.start(); // while the sentences load

void i18n.start(pageLoader(import.meta.glob('../messages/room.*.json') as never)).then(() => {
  mount(Room, { target: document.getElementById('app')!, props: { live } });
});
keepShell();
