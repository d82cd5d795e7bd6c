/** Everything that is loaded with the first editor, and not with the page. */
export { default } from './DraftEditor.svelte';
export { DraftKeeper } from './draft-keeper';
export { liveChannel } from './live-channel.svelte';
