import '$lib/ui/tokens.css';
import '$lib/ui/base.css';
import '$lib/reading/applied';
import { mount } from 'svelte';
import { i18n } from '$lib/i18n/index.svelte';
import { pageLoader } from '$lib/i18n/catalogues';
import { LiveWorkshop } from '$lib/live/workshop.svelte';
import { deviceStore, memoryStore } from '$lib/outbox/store';
import { keepShell } from '$lib/service-worker';
import Room from './Room.svelte';

const workshop = location.pathname.split('/')[2] ?? '';
/** What staff look at: given what the room is given, by a connection that is nobody's. The value is a language. */
const preview = new URLSearchParams(location.search).get('preview');
const live =
  preview === null
    ? new LiveWorkshop(workshop, 'participant', deviceStore())
    : new LiveWorkshop(workshop, 'screen', memoryStore());
live.start(); // while the sentences load

const loader = pageLoader(
  import.meta.glob('$lib/generated/codes.room.*.json') as never,
  import.meta.glob('../messages/room.*.json') as never,
);
void i18n.start(loader).then(async () => {
  const Strip = preview === null ? undefined : await (await import('./preview/loaded')).previewStrip(preview);
  mount(Room, { target: document.getElementById('app')!, props: { live, Strip } });
});
if (preview === null) keepShell();
