import '$lib/ui/tokens.css';
import '$lib/ui/base.css';
import '$lib/reading/applied';
import { hydrate, mount } from 'svelte';
import arCommon from '../messages/common.ar.json';
import arJoin from '../messages/join.ar.json';
import { i18n, spokenLanguage, wantedLanguage } from '$lib/i18n/index.svelte';
import { pageLoader } from '$lib/i18n/catalogues';
import { keepShell } from '$lib/service-worker';
import Join from './Join.svelte';

const target = document.getElementById('app')!;
const loader = pageLoader(
  import.meta.glob('$lib/generated/codes.join.*.json') as never,
  import.meta.glob('../messages/join.*.json') as never,
);

// The page arrives prerendered in Arabic: it is brought to life as it is, and then speaks the visitor's language.
i18n.begin('ar', { ...arCommon, ...arJoin }, loader);
(target.childElementCount > 0 ? hydrate : mount)(Join, { target });
void i18n.use(wantedLanguage() ?? spokenLanguage() ?? 'ar');
keepShell();
